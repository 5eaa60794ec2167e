import type { SiteMethodName } from '@cordboard/contract';
import type { Agent } from '../agent/agent.ts';
import { setOtherReady, setVoiceReady } from '../agent/ready.ts';
import { authenticatingSession, clearAuthenticating } from '../authentication/authenticate.ts';
import { activeSession, activeToClear, lastHeld, oldestOffered } from '../call/active-session.ts';
import { endClerical, extendClerical } from '../call/clerical.ts';
import { answerSession, hangUp, hold, reject, retrieve, sendDigits } from '../call/control.ts';
import { makeCall } from '../call/make-call.ts';
import type { Session } from '../call/session.ts';
import { setIvrData, setName, setPrivateData } from '../data/call-data.ts';
import { codesOf } from '../data/cq-codes.ts';
import { enterCodes } from '../data/enter-codes.ts';
import { deflect } from '../deflect/deflect.ts';
import { deflectToGroup } from '../deflect/deflect-to-group.ts';
import { dispatchHandlers } from '../dispatch/handlers.ts';
import { park } from '../dispatch/place.ts';
import { intrudeCall } from '../intrude/intrude.ts';
import { conferenceActiveCall } from '../join/conference.ts';
import { transferCall } from '../join/transfer.ts';
import { setMonitorMode, startMonitor, stopMonitor } from '../monitor/ask-monitor.ts';
import { subscribeRealTime } from '../real-time/subscribe-real-time.ts';
import { startRecording, stopRecording } from '../recording/ask-recording.ts';
import type { Turn } from '../turn.ts';
import type { Asked, Handler, Verdict } from './handler.ts';

/** This release does not have it: refused with that reason. */
export const notAvailable = 'notAvailable';

type Handlers = { [Name in SiteMethodName]: Handler<Name> | typeof notAvailable };

/** For requests about a session by its id. */
const onSession =
  <Name extends SiteMethodName>(act: (asked: Asked<Name>, session: Session) => Verdict) =>
  (asked: Asked<Name> & { arguments: { callId: number } }): Verdict => {
    const session = asked.turn.state.sessions.get(asked.arguments.callId);
    if (session === undefined || session.agentId !== asked.agent.id) return 'unknownCall';
    return act(asked, session);
  };

/** For requests about whichever session is in the state that they are about. */
const onActive =
  <Name extends SiteMethodName>(
    find: (state: Turn['state'], agent: Agent) => Session | undefined,
    act: (asked: Asked<Name>, session: Session) => Verdict,
  ) =>
  (asked: Asked<Name>): Verdict => {
    const session = find(asked.turn.state, asked.agent);
    return session === undefined ? 'noActiveCall' : act(asked, session);
  };

/** Every request that the site answers: a missing one does not compile. */
export const handlers = {
  makeCall: ({ turn, agent, arguments: wanted, requestId }) => makeCall(turn, agent, wanted, requestId),
  answerActiveCall: onActive(oldestOffered, ({ turn, requestId }, session) =>
    answerSession(turn, session, requestId),
  ),
  answerCall: onSession<'answerCall'>(({ turn, requestId }, session) =>
    answerSession(turn, session, requestId),
  ),
  hangupActiveCall: onActive(activeToClear, ({ turn }, session) => hangUp(turn, session)),
  hangupCall: onSession<'hangupCall'>(({ turn }, session) => hangUp(turn, session)),
  holdActiveCall: onActive(activeSession, ({ turn }, session) => hold(turn, session)),
  retrieveActiveCall: onActive(lastHeld, ({ turn }, session) => retrieve(turn, session)),
  retrieveCall: onSession<'retrieveCall'>(({ turn }, session) => retrieve(turn, session)),
  enterDtmfActiveCall: onActive<'enterDtmfActiveCall'>(
    activeSession,
    ({ turn, arguments: { digits } }, session) => sendDigits(turn, session, digits),
  ),
  setPrivateData: onSession<'setPrivateData'>(({ turn, arguments: { data } }, session) =>
    setPrivateData(turn, session, data),
  ),
  setIVRData: onSession<'setIVRData'>(({ turn, arguments: wanted }, session) =>
    setIvrData(turn, session, wanted, false),
  ),
  setIVRDataWithCDR: onSession<'setIVRDataWithCDR'>(({ turn, arguments: wanted }, session) =>
    setIvrData(turn, session, wanted, true),
  ),
  setName: onSession<'setName'>(({ turn, arguments: { name } }, session) => setName(turn, session, name)),
  cancelClerical: onSession<'cancelClerical'>(({ turn }, session) => {
    if (session.phase.type !== 'clerical') return 'notInClerical';
    endClerical(turn, session);
    return null;
  }),
  extendClerical: onSession<'extendClerical'>(({ turn }, session) => extendClerical(turn, session)),
  rejectServiceCall: onSession<'rejectServiceCall'>(({ turn }, session) => reject(turn, session)),
  setReadyStatus: ({ turn, agent, arguments: wanted }) => setVoiceReady(turn, agent, wanted),
  setEmailReadyStatus: ({ turn, agent, arguments: { status } }) =>
    setOtherReady(turn, agent, 'email', status),
  setOpenMediaReadyStatus: ({ turn, agent, arguments: { status } }) =>
    setOtherReady(turn, agent, 'openMedia', status),
  setChatReadyStatus: ({ turn, agent, arguments: { status } }) => setOtherReady(turn, agent, 'chat', status),
  transferCall: onSession<'transferCall'>(({ turn, agent }, session) => transferCall(turn, agent, session)),
  conferenceActiveCall: ({ turn, agent }) => conferenceActiveCall(turn, agent),
  deflectActiveCall: onActive<'deflectActiveCall'>(
    (state, agent) => activeSession(state, agent) ?? oldestOffered(state, agent),
    ({ turn, arguments: { destination: number }, requestId }, session) =>
      deflect(turn, session, number, requestId),
  ),
  deflectCall: onSession<'deflectCall'>(({ turn, arguments: { destination: number }, requestId }, session) =>
    deflect(turn, session, number, requestId),
  ),
  clearCurrentAuthenticatingCall: onActive(authenticatingSession, ({ turn }, session) =>
    clearAuthenticating(turn, session),
  ),
  clearAuthenticatingCall: onSession<'clearAuthenticatingCall'>(({ turn }, session) =>
    clearAuthenticating(turn, session),
  ),
  startRecording: ({ turn, agent, arguments: { allCalls }, requestId }) =>
    startRecording(turn, agent, allCalls, requestId),
  stopRecording: ({ turn, agent }) => stopRecording(turn, agent),
  deflectCallToServiceGroup: onSession<'deflectCallToServiceGroup'>(
    ({ turn, arguments: { serviceGroupId } }, session) => deflectToGroup(turn, session, serviceGroupId),
  ),
  intrudeCall: onSession<'intrudeCall'>(({ turn, agent }, session) => intrudeCall(turn, agent, session)),
  setCampaignCallStatus: notAvailable,
  setCampaignCallStatusAndCloseForm: notAvailable,
  startMonitor: ({ turn, agent, arguments: wanted, requestId }) =>
    startMonitor(turn, agent, wanted, requestId),
  stopMonitor: ({ turn, agent }) => stopMonitor(turn, agent),
  enterCQCodes: onSession<'enterCQCodes'>(({ turn, arguments: wanted }, session) =>
    enterCodes(turn, session, wanted),
  ),
  getCallCQCodes: onSession<'getCallCQCodes'>(({ arguments: { mediaType } }, session) =>
    codesOf(session, mediaType),
  ),
  ...dispatchHandlers,
  subscribeRealTimeInformation: ({ turn, agent, arguments: wanted }) =>
    subscribeRealTime(turn, agent, wanted),
  parkCall: onSession<'parkCall'>(({ turn }, session) => park(turn, session)),
  setMonitorMode: ({ turn, agent, arguments: { mode } }) => setMonitorMode(turn, agent, mode),
} satisfies Handlers;

/** What this release answers with more than `notAvailable`. */
export const implementedSiteMethods: readonly SiteMethodName[] = (
  Object.keys(handlers) as SiteMethodName[]
).filter(name => handlers[name] !== notAvailable);
