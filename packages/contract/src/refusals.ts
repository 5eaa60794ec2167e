/**
 * Why a request was refused: one row a reason. A refusal is not an error: the request was understood, the answer is no.
 * `retryable`: the same request may be accepted later without the caller changing anything in it.
 */
export const refusals = {
  notAvailable: { text: 'This release does not implement the request yet.', retryable: false },
  notInitialized: { text: 'The client is not initialized, or its connection is gone.', retryable: true },
  notLoggedOn: { text: 'No agent is logged on.', retryable: true },
  missingPrivilege: { text: 'The user lacks the privilege that the request needs.', retryable: false },
  alreadyRunning: { text: 'The Agent application is already running.', retryable: false },
  notRunning: { text: 'The Agent application is not running.', retryable: true },
  cannotLaunch: { text: 'The Agent application could not be started.', retryable: true },
  logonRefused: { text: 'The logon service refused the logon.', retryable: false },
  connectionLost: {
    text: 'The site cannot be reached now; whether it took the request is not known.',
    retryable: true,
  },
  deadlineExceeded: {
    text: 'No answer came before the deadline; whether it was taken is not known.',
    retryable: true,
  },
  unknownCall: { text: 'The agent has no session with that id.', retryable: false },
  noActiveCall: { text: 'There is no call in the state that the request is about.', retryable: true },
  notRinging: { text: 'The call is not ringing at this agent.', retryable: false },
  notAnswerable: { text: 'The phone of this agent must be answered by hand.', retryable: false },
  notConnected: { text: 'The call is not connected.', retryable: true },
  notHeld: { text: 'The call is not held by this agent.', retryable: true },
  anotherCallStarts: {
    text: 'Another call of the agent is being set up: it has to be answered or ended first.',
    retryable: true,
  },
  alreadyParty: { text: 'The other party takes part in the call already.', retryable: true },
  notClearable: { text: 'The call is in a state in which it cannot be disconnected.', retryable: true },
  notServiceCall: { text: 'The call does not come from a service group.', retryable: false },
  notInClerical: { text: 'The session is not in clerical state.', retryable: false },
  clericalLimit: { text: 'Clerical state cannot be extended further.', retryable: false },
  cannotMakeCall: {
    text: 'A call cannot be made now: another rings, is being set up or cleared, or all lines are in use.',
    retryable: true,
  },
  phoneNotRegistered: {
    text: "The agent's extension is not registered with the call manager.",
    retryable: true,
  },
  notDeflectable: { text: 'The call is in a state in which it cannot be sent on.', retryable: true },
  destinationNotReached: {
    text: 'The destination was busy, unknown or unreachable; the call is as it was.',
    retryable: true,
  },
  notAuthenticating: { text: 'The call is not being authenticated.', retryable: false },
  notBusy: { text: 'The call did not fail because the extension is busy.', retryable: false },
  intrusionProtected: { text: 'The extension is protected from intrusion.', retryable: false },
  unknownAgent: { text: 'There is no such agent, or he is not logged on.', retryable: true },
  alreadyMonitoring: { text: 'Another agent is being monitored already.', retryable: false },
  notMonitoring: { text: 'Nobody is being monitored.', retryable: false },
  recordingDecided: {
    text: 'The service group of the call decides whether it is recorded.',
    retryable: false,
  },
  recordingFailed: { text: 'The recording could not be made, or not to its end.', retryable: true },
  monitoringProtected: { text: 'The agent is protected from monitoring.', retryable: false },
  notRecording: { text: 'Nothing is being recorded, and nothing is to be.', retryable: false },
  unknownCQCode: {
    text: 'A qualification code is not of the service group of the session.',
    retryable: false,
  },
  notSubscribed: {
    text: 'Dispatch events are not enabled, or not subscribed to for this service group.',
    retryable: true,
  },
  reservedByAnother: { text: 'Another agent has reserved it.', retryable: true },
  itemGone: { text: 'It does not wait any more: somebody has it, or the caller has gone.', retryable: false },
  notSupported: { text: 'The documented interface reserves the request for future use.', retryable: false },
  invalidNumber: { text: 'The number has no digits that can be dialled, or is too long.', retryable: false },
  invalidDigits: { text: 'Only 0-9, *, #, A-D and comma can be sent.', retryable: false },
  inProgress: { text: 'The same action is already under way for this call.', retryable: true },
  unknownReason: { text: 'There is no such Not Ready reason.', retryable: false },
  unknownServiceGroup: { text: 'There is no such service group.', retryable: false },
  wrongMedia: { text: 'The media type does not match.', retryable: false },
  dataTooLong: { text: 'The data is longer than allowed.', retryable: false },
  tooManyFields: { text: 'The session has no room for another IVR field.', retryable: false },
  invalidLabel: { text: 'The label is empty or too long.', retryable: false },
  invalidValue: { text: 'A value is out of the range that the request allows.', retryable: false },
  internalError: {
    text: 'The request failed inside the Agent application or the site; the log there says why.',
    retryable: false,
  },
  overloaded: { text: 'Too many requests at once from this client.', retryable: true },
} as const;

export type RefusalReason = keyof typeof refusals;

/** The answer "no", with its reason. */
export interface Refusal {
  reason: RefusalReason;
  /** what in particular, for a person who reads a log; no customer data */
  detail?: string;
}

export const isRefusalReason = (value: unknown): value is RefusalReason =>
  typeof value === 'string' && Object.hasOwn(refusals, value);
