import type { ConnectionProblem } from '../sip/transport/flow.ts';

/**
 * The control protocol of the switch: what its one controller may ask, and what the switch reports.
 *
 * The wire is newline-delimited JSON over a local socket. The words are CSTA's where CSTA has one (ECMA-269),
 * the states are those of a leg: one SIP dialog between the switch and one phone or trunk.
 *
 *   incoming:  arriving --alert--> alerting --answer--> up --clear/remote--> gone
 *   outgoing:  dialing  --180----> alerting --200-----> up --clear/remote--> gone
 *
 * Two rules let the controller die and come back without a call noticing:
 * - A command is a target state ("this leg plays that"), carries an id, and acts once however often it is sent.
 * - Reports are numbered and kept until the controller says how far it has them; a controller that attaches
 *   names the last number it has and gets the rest, then the inventory of what exists now.
 */

/** Id of a leg: given by the switch for an arriving leg, by the controller in `originate`. At most 64 characters. */
export type LegId = string;

/** Why a leg ended or an attempt failed. */
export type Cause =
  | 'normal' // BYE, or CANCEL of an attempt
  | 'busy' // 486, 600
  | 'noAnswer' // 408, 480 after ringing, ring time over
  | 'rejected' // 403, 603
  | 'unknownNumber' // 404, 484, 604
  | 'unreachable' // no registration, transport error, 5xx
  | 'incompatible' // 488, 606: no common codec
  | 'mediaTimeout' // RTP silent for longer than allowed
  | 'sessionExpired' // RFC 4028
  | 'switchRestarted' // the switch that had it is gone
  | 'protocolError';

/** What a leg hears while it is not connected to another leg. */
export type Sound =
  /** a WAV or raw file of the switch's sound folder, by name without ending ("greeting-sales"); unknown: skipped and counted */
  | { type: 'file'; name: string }
  /** music on hold by class name ("default"), endless; its position is kept per leg so that it goes on where it was */
  | { type: 'music'; name: string }
  /** a call-progress tone, endless */
  | { type: 'tone'; name: 'ringback' | 'busy' | 'congestion' }
  | { type: 'silence' };

/** The media a leg should have: a target state. */
export type LegMedia =
  | { type: 'none' }
  /**
   * plays each in order; the last one, if endless, goes on until the media is changed. `name`: of this one play, told again in
   * `playEnded`; the same sounds by another name are another play
   */
  | { type: 'play'; sounds: Sound[]; name?: string }
  /**
   * two-way speech with another leg; both legs name each other. It begins when both are up: until then the one that is up
   * goes on hearing what it hears, and the other one's inventory names the partner. Asked for after `earlyMedia` of the one,
   * or by `progress` of the other, it begins before the answer.
   */
  | { type: 'connected'; with: LegId }
  /** speech with all other legs whose media names the same conference: each hears the sum of the others */
  | { type: 'conference'; name: string }
  /**
   * hears what the person at the leg `of` says and hears, also when the media of that leg changes; with `whisper` that person
   * hears this one too, and nobody else does
   */
  | { type: 'monitor'; of: LegId; whisper: boolean };

/** How the phone of an `originate` is made to answer on `pickUp`. */
export type Answering =
  /** the person lifts the handset; `pickUp` is refused */
  | 'phone'
  /** rings at once; `pickUp` sends NOTIFY `Event: talk` (and `hold` for `setHold`) in the early dialog */
  | 'talk'
  /** the phone is not rung until `pickUp` (`alerting` is reported at once, since it can be picked up), then called with auto-answer headers (Call-Info answer-after=0, Alert-Info, RFC 5373 Answer-Mode: Auto) */
  | 'autoAnswer';

export type Command =
  /** 180 Ringing to an arriving leg; repeated: no effect */
  | { type: 'alert'; leg: LegId }
  /** 183 Session Progress to an arriving leg with early media (RFC 3960); again: other media */
  | { type: 'progress'; leg: LegId; media: LegMedia }
  /** 200 OK to an arriving leg, with the media it should have from the first packet on */
  | { type: 'answer'; leg: LegId; media: LegMedia }
  /**
   * Calls a registered extension (`extension`), a SIP URI (`uri`) with an IP address, or somebody outside (`number`): through the
   * first trunk for the number that is up, and the next where that one fails before anything has rung. `callerNumber`/`callerName` are shown to the phone (From).
   * `ringSeconds`: cleared with `noAnswer` after it. `answered: true` = answers by itself (auto-answer headers at once): the agent's own phone in MakeCall.
   */
  | {
      type: 'originate';
      leg: LegId;
      to: { extension: string } | { uri: string } | { number: string };
      callerNumber: string;
      callerName: string;
      answering: Answering | 'immediately';
      ringSeconds: number;
      media: LegMedia;
    }
  /** make a ringing phone answer, as its `answering` says */
  | { type: 'pickUp'; leg: LegId }
  /** what this leg should hear; for `connected` both legs are set, and an earlier partner of either falls silent */
  | { type: 'setMedia'; leg: LegId; media: LegMedia }
  /** tell the phone that its call is held (`on`) or no more: re-INVITE sendonly, or NOTIFY hold/talk with answering `talk` */
  | { type: 'setHold'; leg: LegId; on: boolean }
  /** RFC 4733 events towards the leg; 0-9 * # A-D, comma = pause of 500 ms */
  | { type: 'sendDigits'; leg: LegId; digits: string }
  /** once, over what the leg hears, and for its person alone: a file of the sound folder */
  | { type: 'announce'; leg: LegId; sound: string }
  /** stereo WAV of the leg: left what it says, right what it hears. `file` is a plain name inside the recording folder */
  | { type: 'startRecording'; leg: LegId; file: string }
  /** what is said and heard meanwhile is not in the file */
  | { type: 'pauseRecording'; leg: LegId; on: boolean }
  | { type: 'stopRecording'; leg: LegId }
  /** how the transfer went that was reported with `transferRequested`: the last NOTIFY of the REFER (RFC 3515 §2.4.5) */
  | { type: 'answerTransfer'; leg: LegId; done: boolean }
  /** BYE, CANCEL or a final response, whichever the leg's state asks for; `cause` chooses the response to an arriving leg */
  | { type: 'clear'; leg: LegId; cause: Cause };

/** One line from the controller. `id` is unique for ever (the controller derives it from its journal). */
export interface CommandMessage {
  id: string;
  command: Command;
}

/** The answer to a command: it was taken, or why not. Sent again for a repeated id. */
export interface CommandResult {
  id: string;
  ok: boolean;
  /** with ok=false */
  reason?: 'unknownLeg' | 'wrongState' | 'notRegistered' | 'badArgument' | 'duplicateLeg';
}

/** First line of a controller: attach. A later controller with a higher epoch throws the earlier one out; a lower epoch is refused. */
export interface Attach {
  attach: {
    epoch: number;
    /** the switch instance and report number the controller has last made durable; absent: from the beginning of what is kept */
    instance?: string;
    after?: number;
    /** milliseconds that the result of a command which was taken may wait for another line to go with; 20 unless told, 1000 at most */
    patience?: number;
  };
}

/** Reports up to this number are durable at the controller and may be forgotten. */
export interface Acknowledge {
  ack: number;
}

/** Facts, in order. `at` is ms since the epoch by the switch's clock. */
export type ReportBody =
  /** a phone or trunk calls: the INVITE was authenticated, its SDP understood; 100 Trying was sent */
  | {
      type: 'arrived';
      leg: LegId;
      /** the extension whose registration authenticated it, or '' for an outside caller */
      extension: string;
      callerNumber: string;
      callerName: string;
      calledNumber: string;
      remoteAddress: string;
    }
  | { type: 'alerting'; leg: LegId }
  /** 183 with a description came from the phone or trunk: it may be connected to before it answers */
  | { type: 'earlyMedia'; leg: LegId }
  | { type: 'answered'; leg: LegId; remoteAddress: string }
  /** REFER: to a number, or, with Replaces (RFC 3891), to the party that another leg is connected with */
  | { type: 'transferRequested'; leg: LegId; to: { number: string } | { leg: LegId } }
  /** a leg that never came up, or the end of one that was */
  | { type: 'cleared'; leg: LegId; cause: Cause; byRemote: boolean }
  /** the person pressed hold (or retrieve) on the phone: re-INVITE sendonly/inactive, or its answer to NOTIFY hold */
  | { type: 'held'; leg: LegId }
  | { type: 'retrieved'; leg: LegId }
  /** one digit, RFC 4733 or INFO */
  | { type: 'digit'; leg: LegId; digit: string }
  /** the files of a `play` are over and its last sound was not endless */
  | { type: 'playEnded'; leg: LegId; name?: string }
  | { type: 'recordingStarted'; leg: LegId; file: string }
  /** 0 milliseconds: it could not be made (the file exists, the disk is full) */
  | { type: 'recordingStopped'; leg: LegId; file: string; milliseconds: number }
  /** an extension got its first, or lost its last, binding; `address` is the phone's IP address */
  | { type: 'registered'; extension: string; address: string }
  | { type: 'unregistered'; extension: string };

export interface Report {
  seq: number;
  at: number;
  report: ReportBody;
}

export interface LegInventory {
  leg: LegId;
  direction: 'incoming' | 'outgoing';
  state: 'arriving' | 'dialing' | 'alerting' | 'up';
  media: LegMedia;
  /** by the person at the phone, or by `setHold` */
  held: boolean;
  recording: boolean;
  /** absent = no */
  recordingPaused?: boolean;
}

/** Answer to `attach`, sent after the missed reports. */
export interface Attached {
  attached: {
    /** new at each start of the switch process: another instance than the one named means that all its legs are gone */
    instance: string;
    /** the number of the last report sent before this line */
    seq: number;
    /** true when reports between `after` and the first kept one are lost (buffer bound passed, or another instance) */
    gap: boolean;
    legs: LegInventory[];
    registrations: { extension: string; address: string }[];
  };
}

/** What has been counted since the switch started; and what exists now: the names with `current`. */
export interface SwitchStats {
  /** SIP messages read, and those thrown away or refused before anybody looked into them */
  messages: number;
  malformed: number;
  oversized: number;
  refused: number;
  /** requests dropped because too many were being answered */
  overloaded: number;
  /** wrong passwords and unknown extensions */
  unauthenticated: number;
  legs: number;
  arrived: number;
  originated: number;
  answered: number;
  refusedArrivals: number;
  mediaTimeouts: number;
  sessionsExpired: number;
  /** phones that did not understand NOTIFY talk or hold */
  talkRefused: number;
  recordingsFailed: number;
  /** of the phones of legs that are gone: packets that came, those that did not, and legs of which a person could hear it */
  speechPackets: number;
  speechPacketsLost: number;
  legsBadlyHeard: number;
  reports: number;
  currentLegs: number;
  currentDialogs: number;
  currentServerTransactions: number;
  currentClientTransactions: number;
  currentRegistrations: number;
  currentReportsKept: number;
  trunks: TrunkFigures[];
}

/** Asks for the counters. Any connection may, attached or not. */
export interface StatsRequest {
  stats: true;
}

/** What an extension may do at the registrar. The HA1 of RFC 2617 keeps clear passwords out of the switch's memory. */
export interface SwitchExtension {
  extension: string;
  /** MD5(extension:realm:password), lower-case hex */
  ha1: string;
}

/** A page in a browser that is a phone of an extension for the time of one logon. */
export interface SwitchSoftphone {
  /** name in its digest; not that of an extension */
  user: string;
  extension: string;
  /** MD5(user:realm:password), lower-case hex */
  ha1: string;
}

/** A SIP peer outside, by which calls go out and come in. */
export interface SwitchTrunk {
  name: string;
  /** Request-URI of calls to it, with `{number}` */
  uri: string;
  /** where all its requests go instead of the host of `uri`, as host or host:port */
  proxy?: string;
  /** over TLS: the name that its certificate must have instead of the host's, and whose word is taken for it (PEM) instead of the usual authorities' */
  tls?: { name?: string; authorities?: string };
  /** further IP addresses from which its calls come */
  addresses: string[];
  /** false: its datagrams come from the port that it is called at, and others are not believed to be its own */
  anySourcePort: boolean;
  /** '' = it asks for no password */
  user: string;
  password: string;
  /** for so long it is asked to send calls here (RFC 3261 §10.2); 0 = it knows where we are */
  registerSeconds: number;
  /** OPTIONS so often; 0 = never */
  keepAliveSeconds: number;
  /** where its calls carry the number that was dialled */
  calledNumber: 'requestUri' | 'to';
  /** the first pattern that matches says how the number is dialled there; none = not by this trunk; no patterns = all as they are */
  numbers: { pattern: string; replacement: string }[];
  /** shown and vouched for (P-Asserted-Identity) instead of an extension's; '' = the extension's own */
  mainNumber: string;
  mainName: string;
  /** a call from outside that goes out again shows its caller, not the main number */
  showCallers: boolean;
  /** shows no number (RFC 3323, RFC 3325) */
  anonymous: boolean;
}

/** What is the same for all trunks. */
export interface OutsideRules {
  /** a number that begins with it is called without showing one's own; '' = none */
  anonymousPrefix: string;
  /** called with the caller's number and as they are, by whichever trunk is there */
  emergencyNumbers: string[];
}

export interface TrunkStatus {
  name: string;
  /** calls can be tried there */
  up: boolean;
  state:
    | 'ready'
    | 'registered'
    | 'registering'
    | 'registrationFailed'
    | 'silent'
    | 'unresolved'
    /** its TLS connection is being opened, or cannot be: see `problem` */
    | 'connecting'
    | 'notConnected';
  /** why there is no TLS connection */
  problem?: ConnectionProblem;
  /** SIP status with which its registration failed; absent: nothing came back */
  status?: number;
  /** when this state began, in ms since the epoch */
  since: number;
}

/** A trunk with what it carries. */
export interface TrunkFigures extends TrunkStatus {
  /** legs by it that exist now, those that still ring included */
  calls: number;
}

/**
 * Replaces the whole lists; a binding of an extension or a page that is gone is dropped. Idempotent. The trunks are replaced too; absent, they
 * stay as they are.
 */
export interface Provision {
  provision: {
    realm: string;
    extensions: SwitchExtension[];
    /** absent: none */
    softphones?: SwitchSoftphone[];
    trunks?: SwitchTrunk[];
    outside?: OutsideRules;
  };
}

export type ControllerLine = Attach | Acknowledge | Provision | StatsRequest | CommandMessage;
export type SwitchLine =
  | Attached
  | Report
  | CommandResult
  | { stats: SwitchStats }
  | { refused: 'staleEpoch' | 'malformed' | 'tooLong' };
