/** Why a packet that came went no further. */
export type DropReason =
  /** not from the phone's address, or from another port than the one believed */
  | 'foreign'
  /** shorter than its header says */
  | 'malformed'
  /** not RTP version 2: STUN, noise */
  | 'version'
  /** longer than `maximumPacket` */
  | 'huge'
  /** neither G.711 nor the leg's telephone-event */
  | 'payloadType'
  /** the phone agreed not to send */
  | 'direction'
  /** more packets in a short time than a phone can mean */
  | 'flood'
  /** first packet of a new SSRC or of a jump in sequence: believed when a second follows (RFC 3550 A.1) */
  | 'probation'
  /** older than what the listener had before the source changed */
  | 'stale'
  /** nobody listens, as while music plays; or the listener may not be sent to, or is being sent digits */
  | 'unheard'
  /** the socket has no leg */
  | 'noLeg';

export interface Counters {
  packetsReceived: number;
  bytesReceived: number;
  packetsSent: number;
  bytesSent: number;
  /** came after a later one, forwarded all the same */
  packetsLate: number;
  sendErrors: number;
  dropped: Record<DropReason, number>;
  /** sounds that are not in the folder or could not be read, skipped */
  soundsMissing: number;
  /** digits that could not be sent: unknown character, too many waiting, phone without telephone-event */
  digitsRefused: number;
  /** announcements that could not be heard because too many were waiting at the leg */
  announcementsRefused: number;
  /** requests for a leg that is not open */
  unknownLegs: number;
  /** recordings that could not be made, or not to their end */
  recordingsFailed: number;
  /** samples that recordings lost because the disk was too slow */
  recordingSamplesLost: number;
}

export interface MediaStats extends Counters {
  legs: number;
  recordings: number;
  /** bound sockets that no leg has */
  portsFree: number;
  ticks: number;
  /** ticks left out after a stall of the thread */
  ticksSkipped: number;
  /** the worst lateness of a tick since the last `stats`, ms */
  worstTickDelay: number;
}

export function createCounters(): Counters {
  return {
    packetsReceived: 0,
    bytesReceived: 0,
    packetsSent: 0,
    bytesSent: 0,
    packetsLate: 0,
    sendErrors: 0,
    dropped: {
      foreign: 0,
      malformed: 0,
      version: 0,
      huge: 0,
      payloadType: 0,
      direction: 0,
      flood: 0,
      probation: 0,
      stale: 0,
      unheard: 0,
      noLeg: 0,
    },
    soundsMissing: 0,
    digitsRefused: 0,
    announcementsRefused: 0,
    unknownLegs: 0,
    recordingsFailed: 0,
    recordingSamplesLost: 0,
  };
}
