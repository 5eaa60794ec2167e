import type { SiteRequest } from '../site.ts';
import type { Act } from './act.ts';
import { askForCallback, callBack } from './callback-acts.ts';
import { testExtension } from './configuration.ts';
import type { Driver } from './driver.ts';
import { actKinds, actOn } from './random-world.ts';

/** Acts of the random world, and as many about who records, listens, intrudes and is called back, which it seldom comes to by chance. */
export function actOnListeners(driver: Driver, act: Act): void {
  if (act.kind % 2 === 0) {
    actOn(driver, { ...act, kind: (act.kind / 2) % actKinds });
    return;
  }
  const agentId = (act.who % 3) + 1;
  const other = ((agentId + (act.which % 2)) % 3) + 1;
  const acts: (() => void)[] = [
    () => talk(driver, agentId),
    () => talk(driver, agentId),
    () => answerAll(driver),
    () => answerAll(driver),
    () => intrude(driver, agentId),
    () => intrude(driver, agentId),
    () => dialBusy(driver, agentId, other, false),
    () => dialBusy(driver, agentId, other, true),
    () => beginFiles(driver),
    () => askForCallback(driver),
    () => askForCallback(driver),
    () => callBack(driver, act),
    () => callBack(driver, act),
    () => callBack(driver, act),
    () => driver.pass(act.which * 1000),
    ...requests(agentId, other, act).map(request => () => void driver.request(agentId, request)),
  ];
  acts[act.detail % acts.length]?.();
}

const requests = (agentId: number, other: number, { which }: Act): SiteRequest[] => [
  { method: 'startMonitor', arguments: { agentLogonId: `agent${other}`, continuous: which > 3 } },
  { method: 'startMonitor', arguments: { agentLogonId: `agent${other}`, continuous: which > 3 } },
  { method: 'stopMonitor', arguments: {} },
  { method: 'setMonitorMode', arguments: { mode: 'whisper' } },
  { method: 'setMonitorMode', arguments: { mode: 'barge' } },
  { method: 'startRecording', arguments: { agentId, allCalls: which > 3 } },
  { method: 'stopRecording', arguments: { agentId } },
  { method: 'conferenceActiveCall', arguments: {} },
  { method: 'holdActiveCall', arguments: {} },
  { method: 'retrieveActiveCall', arguments: {} },
  { method: 'hangupActiveCall', arguments: {} },
];

function talk(driver: Driver, agentId: number): void {
  driver.logOn(agentId);
  driver.ready(agentId);
  driver.arrive(1);
  answerAll(driver);
}

/** Every phone that is called answers. */
function answerAll(driver: Driver): void {
  for (const leg of [...driver.state.legs.values()]) {
    if (leg.direction === 'outgoing' && leg.progress !== 'up' && leg.clearing === null)
      driver.answered(leg.id);
  }
}

/** Somebody else rings at the other, so that this agent finds him busy. */
function dialBusy(driver: Driver, agentId: number, other: number, isOnPhone: boolean): void {
  driver.dials(testExtension(other), { leg: `rings-${driver.steps.length}`, callerNumber: '088' });
  if (isOnPhone) {
    driver.dials(testExtension(other), {
      leg: `dials-${driver.steps.length}`,
      extension: testExtension(agentId),
    });
    return;
  }
  driver.request(agentId, { method: 'makeCall', arguments: { number: testExtension(other) } });
  driver.answered(driver.lastLeg());
}

function intrude(driver: Driver, agentId: number): void {
  for (const callId of driver.state.agents.get(agentId)?.sessions ?? []) {
    if (driver.state.sessions.get(callId)?.phase.type !== 'failed') continue;
    driver.request(agentId, { method: 'intrudeCall', arguments: { callId } });
    return;
  }
}

function beginFiles(driver: Driver): void {
  for (const { leg, file, stage } of [...driver.state.recordings.bySession.values()]) {
    if (stage === 'begun') driver.report({ type: 'recordingStarted', leg, file });
  }
}
