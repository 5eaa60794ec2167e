/**
 * What a call manager does for a site, and what it reports. Two implementations: the embedded switch, and Asterisk over ARI.
 *
 * The words are CSTA's (ECMA-269) where it has one. A leg is one connection between the call manager and one phone or trunk:
 *
 *   incoming:  arriving --alert--> alerting --answer--> up --clear/remote--> gone
 *   outgoing:  dialing  --ringing-> alerting --answer--> up --clear/remote--> gone
 *
 * Commands are target states and may be repeated; each is sent with an id derived from the journal, so that the call
 * manager acts once on it. Nothing here returns an outcome: outcomes are reports.
 */

/** Given by the call manager for an arriving leg, by the site in `originate`. */
export type LegId = string;

export type Cause =
  | 'normal'
  | 'busy'
  | 'noAnswer'
  | 'rejected'
  | 'unknownNumber'
  | 'unreachable'
  | 'incompatible'
  | 'mediaTimeout'
  | 'sessionExpired'
  /** the call manager that had the leg is gone */
  | 'switchRestarted'
  | 'protocolError';

export type Sound =
  | { type: 'file'; name: string }
  /** endless; goes on per leg where it was */
  | { type: 'music'; name: string }
  | { type: 'tone'; name: 'ringback' | 'busy' | 'congestion' }
  | { type: 'silence' };

export type LegMedia =
  | { type: 'none' }
  /** `name`: of this one play, told again at its end; the same sounds by another name are played again */
  | { type: 'play'; sounds: Sound[]; name?: string }
  | { type: 'connected'; with: LegId }
  /** hears everybody else whose media names the same conference, and is heard by them */
  | { type: 'conference'; name: string }
  /** hears what the person at the leg `of` says and hears; with `whisper` that person hears him too, and nobody else does */
  | { type: 'monitor'; of: LegId; whisper: boolean };

/** How a phone is made to answer: by hand; by NOTIFY `talk`; or it is called only on `pickUp`, with auto-answer headers. */
export type Answering = 'phone' | 'talk' | 'autoAnswer';

export type CallManagerCommand =
  | { type: 'alert'; leg: LegId }
  /** early media to an arriving leg that is not answered yet: 183 (RFC 3960) */
  | { type: 'progress'; leg: LegId; media: LegMedia }
  | { type: 'answer'; leg: LegId; media: LegMedia }
  | {
      type: 'originate';
      leg: LegId;
      /** `number`: somebody outside, by the call manager's own ways there */
      to: { extension: string } | { uri: string } | { number: string };
      callerNumber: string;
      callerName: string;
      /** `immediately`: the phone answers by itself (the agent's own phone in MakeCall) */
      answering: Answering | 'immediately';
      /** cleared with `noAnswer` after it */
      ringSeconds: number;
      media: LegMedia;
    }
  | { type: 'pickUp'; leg: LegId }
  | { type: 'setMedia'; leg: LegId; media: LegMedia }
  /** shows the phone that it is held, or no more */
  | { type: 'setHold'; leg: LegId; on: boolean }
  | { type: 'sendDigits'; leg: LegId; digits: string }
  /** once, over what the leg hears, and for its person alone: a sound file */
  | { type: 'announce'; leg: LegId; sound: string }
  | { type: 'startRecording'; leg: LegId; file: string }
  /** what is said meanwhile is not in the file */
  | { type: 'pauseRecording'; leg: LegId; on: boolean }
  | { type: 'stopRecording'; leg: LegId }
  /** the outcome of a transfer that the phone asked for (`transferRequested`) */
  | { type: 'answerTransfer'; leg: LegId; done: boolean }
  | { type: 'clear'; leg: LegId; cause: Cause };

export type CallManagerReport =
  | {
      type: 'arrived';
      leg: LegId;
      /** the extension that calls, or '' from outside */
      extension: string;
      callerNumber: string;
      callerName: string;
      calledNumber: string;
      remoteAddress: string;
    }
  | { type: 'alerting'; leg: LegId }
  /** the far end sends sound before it answers */
  | { type: 'earlyMedia'; leg: LegId }
  | { type: 'answered'; leg: LegId; remoteAddress: string }
  /** the person asked on the phone (REFER): to a number, or to the party of another call of the phone's (Replaces) */
  | { type: 'transferRequested'; leg: LegId; to: { number: string } | { leg: LegId } }
  | { type: 'cleared'; leg: LegId; cause: Cause; byRemote: boolean }
  | { type: 'held'; leg: LegId }
  | { type: 'retrieved'; leg: LegId }
  | { type: 'digit'; leg: LegId; digit: string }
  /** `name`: as the play was named; absent = it was not, or the call manager does not say */
  | { type: 'playEnded'; leg: LegId; name?: string }
  | { type: 'recordingStarted'; leg: LegId; file: string }
  | { type: 'recordingStopped'; leg: LegId; file: string; milliseconds: number }
  | { type: 'registered'; extension: string; address: string }
  | { type: 'unregistered'; extension: string };

/** What the call manager has now, for a site that comes back. */
export interface LegInventory {
  leg: LegId;
  direction: 'incoming' | 'outgoing';
  state: 'arriving' | 'dialing' | 'alerting' | 'up';
  media: LegMedia;
  held: boolean;
  recording: boolean;
  /** absent = no */
  recordingPaused?: boolean;
}

export interface CallManagerInventory {
  /** another one than before: all legs of the earlier one are gone */
  instance: string;
  legs: LegInventory[];
  registrations: { extension: string; address: string }[];
}
