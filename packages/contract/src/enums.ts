/** Enums of the seed ("ICALL", "EVENTS", "IAGENTCLIENT"), as frozen objects of numbers. */

/** State of a session for *this agent's* leg. 5 and 7 are reserved and never sent; readers tolerate unknown numbers. */
export const SessionState = {
  /** an outgoing attempt was busy, unobtainable or refused; the leg still hears a tone */
  Failed: -1,
  /** not known: sent once when the state had to be learnt again */
  Undefined: 0,
  /** over: the last event of a session */
  Idle: 1,
  Dialing: 2,
  /** ringing at the agent */
  Offered: 3,
  /** outgoing, the far end rings */
  Calling: 4,
  Connected: 6,
  /** held by this agent */
  Held: 8,
  /** held by the other side, or waiting for authentication */
  OnHold: 9,
  Conference: 10,
  Clearing: 11,
  /** wrap-up after a service group session; no speech */
  Clerical: 99,
  ForceClearing: 100,
  EmailSmsOffered: 101,
  EmailSmsHandling: 102,
} as const;
export type SessionState = (typeof SessionState)[keyof typeof SessionState];

export const CallType = {
  Unknown: 0,
  Incoming: 1,
  Outgoing: 2,
  /** made while another call is held */
  Consultation: 3,
  /** the call manager's automatic call-back, not a campaign's "Callback Later" */
  Callback: 4,
  AttendantRecall: 5,
} as const;
export type CallType = (typeof CallType)[keyof typeof CallType];

/** The seed prints "Dialing = 2"; value 2 is Recording. */
export const CallRecordingState = { Stopped: 0, Paused: 1, Recording: 2 } as const;
export type CallRecordingState = (typeof CallRecordingState)[keyof typeof CallRecordingState];

export const MediaType = { Chat: 1, Voice: 2, Email: 3, SMS: 4, OpenMedia: 5 } as const;
export type MediaType = (typeof MediaType)[keyof typeof MediaType];

/** A campaign may define statuses of its own above 64. */
export const CampaignCallStatus = {
  NotYetCalled: 1,
  Busy: 2,
  NoAnswer: 4,
  CallbackLater: 8,
  Completed: 16,
  WrongNumber: 32,
  DoNotCallAgain: 64,
} as const;
export type CampaignCallStatus = (typeof CampaignCallStatus)[keyof typeof CampaignCallStatus];

export const UpdateType = { Add: 0, Update: 1, Delete: 2 } as const;
export type UpdateType = (typeof UpdateType)[keyof typeof UpdateType];

/** `softphone` of LaunchAgentWithParams. */
export const Softphone = { HardPhone: 0, Softphone: 1, Unspecified: -1 } as const;
export type Softphone = (typeof Softphone)[keyof typeof Softphone];

/** The documented enums by name. */
export const enums = {
  SessionState,
  CallType,
  CallRecordingState,
  MediaType,
  CampaignCallStatus,
  UpdateType,
  Softphone,
} as const;
