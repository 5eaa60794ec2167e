import {
  implementedSiteMethods,
  logOnRefusals,
  type Outcome,
  type SiteEvent,
  type SiteMessage,
} from '@cordboard/core';

/** Everything that a site can be told, asked, and made to do. Complete by the types: what is new and missing here does not compile. */

type Report = Extract<SiteMessage, { type: 'report' }>['report'];
type Command = Outcome<SiteEvent>['commands'][number];
type Media = Extract<Command, { type: 'setMedia' }>['media'];
type Timer = Extract<SiteEvent, { type: 'timerFired' }>['timer'];

/** Complete, or it does not compile. */
type Every<Name extends string> = Readonly<Record<Name, true>>;

const messages: Every<SiteMessage['type']> = {
  configure: true,
  logOn: true,
  logOff: true,
  clientAttached: true,
  clientLost: true,
  request: true,
  report: true,
  inventory: true,
  timersDue: true,
};

const reports: Every<Report['type']> = {
  arrived: true,
  alerting: true,
  earlyMedia: true,
  answered: true,
  transferRequested: true,
  cleared: true,
  held: true,
  retrieved: true,
  digit: true,
  playEnded: true,
  recordingStarted: true,
  recordingStopped: true,
  registered: true,
  unregistered: true,
};

const commands: Every<Command['type']> = {
  alert: true,
  progress: true,
  answer: true,
  originate: true,
  pickUp: true,
  setMedia: true,
  setHold: true,
  sendDigits: true,
  announce: true,
  startRecording: true,
  pauseRecording: true,
  stopRecording: true,
  answerTransfer: true,
  clear: true,
};

const media: Every<Media['type']> = {
  none: true,
  play: true,
  connected: true,
  conference: true,
  monitor: true,
};

const timers: Every<Timer> = {
  ring: true,
  clerical: true,
  failed: true,
  lostClient: true,
  rest: true,
  recall: true,
  flow: true,
  authentication: true,
  announcement: true,
  overflow: true,
  callbackRetry: true,
  callbackExpiry: true,
  outside: true,
  outsideWarning: true,
  place: true,
  reservation: true,
  realTime: true,
};

const events: Every<SiteEvent['type']> = {
  configured: true,
  callManagerAttached: true,
  reportTaken: true,
  phoneRegistered: true,
  phoneUnregistered: true,
  timerFired: true,
  agentLoggedOn: true,
  agentClientAttached: true,
  agentClientLost: true,
  agentLeft: true,
  agentLoggedOff: true,
  agentReadyChanged: true,
  requestAnswered: true,
  legArrived: true,
  legOriginated: true,
  legOrdered: true,
  legAlerting: true,
  legHeardEarly: true,
  legAnswered: true,
  legHeld: true,
  legCleared: true,
  recordingAsked: true,
  recordingUnasked: true,
  recordingBegun: true,
  recordingStarted: true,
  recordingPaused: true,
  recordingStopping: true,
  recordingEnded: true,
  deflectionStarted: true,
  deflectionEnded: true,
  callDeflected: true,
  flowMoved: true,
  digitsCollected: true,
  flowEnded: true,
  authenticationStarted: true,
  authenticationReleased: true,
  waitingPlanned: true,
  waitingAnnounced: true,
  callOverflowed: true,
  callbackAccepted: true,
  callbackDialled: true,
  callbackFailed: true,
  callbackDue: true,
  callbackEnded: true,
  callIntruded: true,
  monitorStarted: true,
  monitorListening: true,
  monitorModeSet: true,
  monitorWaiting: true,
  monitorEnded: true,
  dispatchSubscribed: true,
  dispatchEnabled: true,
  itemReserved: true,
  itemReleased: true,
  itemBecameGeneral: true,
  callPlaced: true,
  callUnplaced: true,
  recallDeferred: true,
  realTimeSubscribed: true,
  callTransferred: true,
  callConferenced: true,
  callStarted: true,
  callRouted: true,
  callQueued: true,
  callDiverted: true,
  callUnqueued: true,
  callCutOff: true,
  callEnded: true,
  transferSettled: true,
  callRecalled: true,
  partyLeft: true,
  sessionPartyChanged: true,
  sessionStarted: true,
  sessionMoved: true,
  clericalExtended: true,
  sessionPending: true,
  operationFailed: true,
  sessionNamed: true,
  privateDataSet: true,
  cqCodesEntered: true,
  ivrDataSet: true,
};

/** Why something came to be, or ended: each is another way through the core. */
type CauseOf<Type extends SiteEvent['type'], Key extends string = 'cause'> =
  Extract<SiteEvent, { type: Type }> extends Record<Key, infer Cause extends string> ? Cause : never;

const flowEnds: Every<CauseOf<'flowEnded'>> = {
  completed: true,
  failed: true,
  queued: true,
  deflected: true,
  tooManySteps: true,
  left: true,
  unconfigured: true,
};
const authenticationEnds: Every<CauseOf<'authenticationReleased'>> = {
  asked: true,
  timeout: true,
  agentLeft: true,
};
const callbackEnds: Every<CauseOf<'callbackEnded', 'outcome'>> = {
  reached: true,
  givenUp: true,
  expired: true,
};
const releases: Every<CauseOf<'itemReleased'>> = { asked: true, leaseOver: true, loggedOff: true };
const generals: Every<CauseOf<'itemBecameGeneral'>> = { timeOut: true, loggedOff: true };
const unplacings: Every<CauseOf<'callUnplaced'>> = { abandoned: true, switchRestarted: true };
const monitorEnds: Every<CauseOf<'monitorEnded'>> = {
  asked: true,
  hungUp: true,
  callEnded: true,
  barged: true,
  loggedOff: true,
  notAllowed: true,
};
const logOffs: Every<CauseOf<'agentLoggedOff'>> = { asked: true, forced: true };

/** What goes wrong, or is done twice, around a site. */
export const situations = {
  takenOver: 'an application that is replaced by another',
  takenOverTalking: 'an application that is replaced while its agent speaks',
  lateNews: 'news of an application that was replaced before',
  elsewhere: 'a logon at an extension that is not the own',
  leftByConfiguration: 'a user who is removed while he is logged on',
  configuredWaiting: 'another configuration while callers wait',
  configuredTalking: 'another configuration while people speak',
  groupRemoved: 'a service group that is removed while a caller waits in it',
  reportAgain: 'a report that comes again',
  requestAgain: 'a request that comes again',
  restarted: 'a call manager that is another one, whose calls are gone',
  resumed: 'a call manager that comes back with its calls',
} as const;

const named = (kind: string, all: Readonly<Record<string, unknown>>): string[] =>
  Object.keys(all).map(each => `${kind} ${each}`);

export const everything: readonly string[] = [
  ...named('message', messages),
  ...named('report', reports),
  ...named('command', commands),
  ...named('media', media),
  ...named('timer', timers),
  ...named('event', events),
  ...named('flowEnded', flowEnds),
  ...named('authenticationReleased', authenticationEnds),
  ...named('callbackEnded', callbackEnds),
  ...named('itemReleased', releases),
  ...named('itemBecameGeneral', generals),
  ...named('callUnplaced', unplacings),
  ...named('monitorEnded', monitorEnds),
  ...named('agentLoggedOff', logOffs),
  ...named('logon refused', logOnRefusals),
  ...implementedSiteMethods.map(each => `request ${each}`),
  ...Object.values(situations),
];
