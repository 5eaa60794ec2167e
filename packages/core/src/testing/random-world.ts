import type { Privilege } from '@cordboard/contract';
import { emptyConfiguration } from '../configuration/directory.ts';
import { weekdays } from '../flow/opening-hours.ts';
import type { Cause, LegInventory } from '../ports/call-manager.ts';
import type { SiteRequest } from '../site.ts';
import type { Act } from './act.ts';
import { testExtension, testNumber } from './configuration.ts';
import { dispatchKinds, dispatchOn } from './dispatch-acts.ts';
import type { Driver } from './driver.ts';
import { closedFlow, menuFlow, pinFlow } from './flows.ts';
import { otherConfiguration } from './other-configuration.ts';
import { talkKinds, talkOn } from './talk-acts.ts';

/** of acts without an aim; above them are those of people who talk */
const anyKinds = 21;
export const actKinds = anyKinds + talkKinds + dispatchKinds;
const agents = 3;
const groups = 2;

const waitingAtFirst = {
  waiting: {
    announceSeconds: 2,
    announcePosition: true,
    announceWaitingTime: true,
    overflow: { seconds: 6, waitingCalls: 3, group: 0, number: '', agentGroups: [2] },
    callback: {
      digit: '1',
      prompt: ['offer'],
      accepted: ['accepted'],
      attempts: 2,
      retrySeconds: 4,
      expiryMinutes: 1,
    },
  },
};
const closedAtTimes = {
  openingHours: 'minutes',
  closedFlow: 'closed',
  waiting: {
    announceSeconds: 0,
    announcePosition: false,
    announceWaitingTime: false,
    overflow: { seconds: 9, waitingCalls: 2, group: 1, number: '', agentGroups: [] },
    callback: null,
  },
};

export const worldOptions = {
  change: {
    cqCodes: [{ id: 1, code: '1', name: 'One' }],
    timers: {
      ...emptyConfiguration().timers,
      reservationSeconds: 5,
      commonHoldSeconds: 4,
      outsideCallMinutes: 0.1,
      outsideWarningSeconds: 2,
    },
    flows: [menuFlow, pinFlow, closedFlow],
    openingHours: [
      {
        name: 'minutes',
        timeZone: 'UTC',
        weekly: [
          { days: [...weekdays], from: '00:00', to: '00:02' },
          { days: [...weekdays], from: '00:04', to: '24:00' },
        ],
        holidays: [],
      },
    ],
    authentication: {
      number: '790',
      flow: 'pin',
      timeoutSeconds: 12,
      afterwards: 'requeue' as const,
      resultField: 'AuthResult',
    },
  },
  agents,
  groups,
  group: (id: number) => ({
    clericalSeconds: id === 1 ? 5 : 0,
    ringSeconds: 3,
    rejectSetsNotReady: id === 2,
    priority: id,
    personalSeconds: 4,
    cqCodes: [1],
    ...(id === 1 ? waitingAtFirst : closedAtTimes),
    record: id === 2 ? ('always' as const) : ('onRequest' as const),
  }),
  agent: (id: number) => ({
    agentGroups: id === 3 ? [1, 2] : [1],
    skills: {},
    privileges: [
      'makeCalls',
      'record',
      'monitor',
      'intrude',
      'dispatchPersonal',
      'dispatchCommonHold',
      'dispatchVoice',
      'dispatchEmail',
      'realTimeInformation',
    ] as Privilege[],
    personalQueue: id === 3 ? 0 : id,
    personalWhenNotReady: id === 2,
  }),
};

const causes: Cause[] = ['normal', 'busy', 'noAnswer', 'rejected', 'unreachable', 'unknownNumber'];
const pick = <Value>(values: readonly Value[], index: number): Value | undefined =>
  values[index % Math.max(1, values.length)];

/** Does one thing that phones, people, applications or time can do; also what they should not. */
export function actOn(driver: Driver, act: Act): void {
  if (act.kind >= anyKinds + talkKinds) {
    dispatchOn(driver, act);
    return;
  }
  if (act.kind >= anyKinds) {
    talkOn(driver, act);
    return;
  }
  const agentId = (act.who % agents) + 1;
  const leg = pick([...driver.state.legs.keys()], act.which) ?? 'nobody';
  switch (act.kind) {
    case 0:
      driver.arrive((act.which % groups) + 1);
      return;
    case 1:
      arriveElsewhere(driver, act, agentId);
      return;
    case 2:
    case 3:
      driver.report({ type: 'answered', leg, remoteAddress: '' });
      return;
    case 4:
      phoneDoes(driver, act, leg);
      return;
    case 5:
    case 6:
      driver.cleared(leg, pick(causes, act.detail) ?? 'normal');
      return;
    case 7:
      driver.report({ type: act.detail % 2 === 0 ? 'held' : 'retrieved', leg });
      return;
    case 8:
    case 9:
    case 10:
      driver.request(agentId, requestOf(driver, act, agentId), act.detail === 0 ? 'same' : undefined);
      return;
    case 11:
      presence(driver, act, agentId);
      return;
    case 12:
      driver.ready(agentId);
      return;
    case 13:
      driver.pass(act.detail * 1000);
      return;
    case 14:
      driver.logOn(agentId);
      return;
    case 15:
    case 16:
      recording(driver, act);
      return;
    case 18:
      driver.report({ type: 'digit', leg, digit: pick(['1', '2', '3', '4', '#', '9'], act.detail) ?? '' });
      return;
    case 19:
      driver.report({ type: 'playEnded', leg, ...playOf(driver, act, leg) });
      return;
    case 20:
      driver.request(agentId, sendingOn(driver, act, agentId));
      return;
    default:
      house(driver, act);
  }
}

/** Files that begin, end and fail, also those of long ago and of nobody. */
function recording(driver: Driver, act: Act): void {
  const { bySession, ending } = driver.state.recordings;
  const all = [...bySession.values(), ...ending.values()];
  const { leg, file } = pick(all, act.which) ?? { leg: 'nobody', file: 'nothing.wav' };
  if (act.detail % 3 !== 0) driver.report({ type: 'recordingStarted', leg, file });
  else driver.report({ type: 'recordingStopped', leg, file, milliseconds: act.detail * 100 });
}

/** What it hears now, something of before, or no name at all. */
function playOf(driver: Driver, act: Act, leg: string): { name?: string } {
  const media = driver.state.legs.get(leg)?.media;
  const now = media?.type === 'play' && media.name !== undefined ? { name: media.name } : {};
  return pick([now, now, {}, { name: 'long ago' }], act.detail) ?? now;
}

function phoneDoes(driver: Driver, act: Act, leg: string): void {
  const other = pick([...driver.state.legs.keys()], act.detail) ?? 'nobody';
  switch (act.who) {
    case 0:
      driver.report({ type: 'alerting', leg });
      return;
    case 1:
      driver.report({ type: 'earlyMedia', leg });
      return;
    default:
      driver.report({
        type: 'transferRequested',
        leg,
        to: act.detail % 2 === 0 ? { leg: other } : { number: pick(callNumbers, act.detail) ?? '' },
      });
  }
}

function arriveElsewhere(driver: Driver, act: Act, agentId: number): void {
  const numbers = [testExtension((act.which % agents) + 1), testNumber((act.which % groups) + 1), '004412'];
  driver.dials(pick(numbers, act.detail) ?? '', {
    leg: `dialled-${driver.steps.length}-${act.detail}`,
    extension: act.detail % 3 === 0 ? '' : testExtension(agentId),
    callerNumber: '077',
  });
}

function presence(driver: Driver, act: Act, agentId: number): void {
  // now and then from another window, which may be an earlier one
  const client = act.which % 4 === 0 ? `other-${agentId}` : `client-${agentId}`;
  const extension = testExtension(agentId);
  switch (act.detail % 6) {
    case 0:
      driver.send({ type: 'logOff', agentId });
      return;
    case 1:
      driver.send({ type: 'clientLost', agentId, client });
      return;
    case 2:
      driver.send({ type: 'clientAttached', agentId, client });
      return;
    case 3:
      driver.report({ type: 'unregistered', extension });
      return;
    case 4:
      driver.report({ type: 'registered', extension, address: '10.1.1.1' });
      return;
    default:
      driver.send({ type: 'logOn', agentId, extension: testExtension((act.which % agents) + 1), client });
  }
}

/** What sends a call elsewhere than to whom it came. */
function sendingOn(driver: Driver, act: Act, agentId: number): SiteRequest {
  const sessions = driver.state.agents.get(agentId)?.sessions ?? [];
  const callId = pick(sessions, act.which) ?? act.which;
  const destination =
    pick(['1001', '1002', '1003', '501', '502', '790', '702', '00441', '1099'], act.which) ?? '';
  const requests: SiteRequest[] = [
    { method: 'deflectCall', arguments: { callId, destination } },
    { method: 'deflectActiveCall', arguments: { destination } },
    { method: 'deflectActiveCall', arguments: { destination: '790' } },
    { method: 'deflectCallToServiceGroup', arguments: { callId, serviceGroupId: (act.who % 3) + 1 } },
    { method: 'deflectCallToServiceGroup', arguments: { callId, serviceGroupId: 2 } },
    { method: 'clearAuthenticatingCall', arguments: { callId } },
    { method: 'clearCurrentAuthenticatingCall', arguments: {} },
  ];
  return pick(requests, act.detail) ?? { method: 'clearCurrentAuthenticatingCall', arguments: {} };
}

const callNumbers = ['1001', '1002', '1003', '501', '702', '00441', '', '(0) 77'];

function requestOf(driver: Driver, act: Act, agentId: number): SiteRequest {
  const sessions = driver.state.agents.get(agentId)?.sessions ?? [];
  const callId = pick(sessions, act.which) ?? act.which;
  const requests: SiteRequest[] = [
    { method: 'answerCall', arguments: { callId } },
    { method: 'answerActiveCall', arguments: {} },
    { method: 'hangupCall', arguments: { callId } },
    { method: 'hangupActiveCall', arguments: {} },
    { method: 'holdActiveCall', arguments: {} },
    { method: 'retrieveActiveCall', arguments: {} },
    { method: 'retrieveCall', arguments: { callId } },
    { method: 'makeCall', arguments: { number: pick(callNumbers, act.which) ?? '' } },
    { method: 'makeCall', arguments: { number: pick(callNumbers, act.detail) ?? '' } },
    { method: 'rejectServiceCall', arguments: { callId } },
    { method: 'cancelClerical', arguments: { callId } },
    { method: 'extendClerical', arguments: { callId } },
    { method: 'setReadyStatus', arguments: { status: false, reasonId: act.which % 6 } },
    { method: 'enterDtmfActiveCall', arguments: { digits: '12#' } },
    { method: 'setIVRData', arguments: { callId, label: `L${act.which % 3}`, data: 'x' } },
    { method: 'setPrivateData', arguments: { callId, data: `data ${act.which}` } },
    { method: 'setName', arguments: { callId, name: `name ${act.which}` } },
    { method: 'startRecording', arguments: { agentId: 0, allCalls: act.which % 3 === 0 } },
    { method: 'stopRecording', arguments: { agentId: 0 } },
    {
      method: 'startMonitor',
      arguments: { agentLogonId: `agent${(act.which % agents) + 1}`, continuous: act.which > 3 },
    },
    { method: act.which % 2 === 0 ? 'stopMonitor' : 'holdActiveCall', arguments: {} },
    {
      method: 'setMonitorMode',
      arguments: { mode: pick(['whisper', 'silent', 'barge'] as const, act.which) ?? 'silent' },
    },
    { method: 'intrudeCall', arguments: { callId } },
    { method: 'intrudeCall', arguments: { callId } },
    { method: 'transferCall', arguments: { callId } },
    {
      method: 'enterCQCodes',
      arguments: { callId, mediaType: 2, codes: [{ ID: act.which % 3, Code: '', Name: '' }] },
    },
    { method: 'getCallCQCodes', arguments: { callId, mediaType: 2 } },
    { method: 'transferCall', arguments: { callId: sessions[act.which % 2] ?? 0 } },
    { method: 'conferenceActiveCall', arguments: {} },
    { method: 'setChatReadyStatus', arguments: { status: act.which % 2 === 0 } },
  ];
  return pick(requests, act.detail) ?? { method: 'answerActiveCall', arguments: {} };
}

function house(driver: Driver, act: Act): void {
  if (act.detail % 4 === 0) {
    driver.send({ type: 'configure', configuration: otherConfiguration(worldOptions, act) });
    return;
  }
  // the numbers of reports go on; another instance begins anew, which the driver's numbers must then follow
  driver.send({
    type: 'inventory',
    seq: driver.state.callManager.seq,
    inventory: {
      instance: act.detail % 4 === 1 ? `instance-${act.which}` : 'instance',
      legs: inventoryOf(driver, act.which),
      registrations: [1, 2, 3].map(id => ({ extension: testExtension(id), address: '10.0.0.9' })),
    },
  });
}

/** What the call manager could have: some of what the site knows, and something that it does not. */
function inventoryOf(driver: Driver, which: number): LegInventory[] {
  const known = [...driver.state.legs.values()].filter((_, index) => index % 3 !== which % 5);
  return [
    ...known.map(leg => ({
      leg: leg.id,
      direction: leg.direction,
      state: leg.progress,
      media: { type: 'none' } as const,
      held: false,
      recording: false,
    })),
    {
      leg: 'stranger',
      direction: 'incoming',
      state: 'up',
      media: { type: 'none' },
      held: false,
      recording: false,
    },
  ];
}
