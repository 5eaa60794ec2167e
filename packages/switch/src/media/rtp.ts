/** RTP packets, RFC 3550 §5.1. */

export const HEADER = 12;
/** 100 ms of G.711 with room for a few header extensions; a phone sends 172 bytes. */
export const maximumPacket = 1024;

/** Filled anew for each packet: one object serves a whole leg. */
export interface RtpPacket {
  payloadType: number;
  marker: boolean;
  sequence: number;
  timestamp: number;
  ssrc: number;
  /** where the payload starts and ends in the packet */
  start: number;
  end: number;
}

export const createRtpPacket = (): RtpPacket => ({
  payloadType: 0,
  marker: false,
  sequence: 0,
  timestamp: 0,
  ssrc: 0,
  start: 0,
  end: 0,
});

export type RtpFault = 'malformed' | 'version' | 'huge';

/** Fills `into`; says what is wrong with the packet, or nothing. */
export function readRtp(packet: Buffer, into: RtpPacket): RtpFault | undefined {
  if (packet.length > maximumPacket) return 'huge';
  if (packet.length < HEADER) return 'malformed';
  const first = packet[0] as number;
  if (first >> 6 !== 2) return 'version';
  let start = HEADER + 4 * (first & 0x0f);
  if (first & 0x10) {
    if (packet.length < start + 4) return 'malformed';
    start += 4 + 4 * packet.readUInt16BE(start + 2);
  }
  let end = packet.length;
  if (first & 0x20) {
    const padding = packet[end - 1] as number;
    if (padding === 0) return 'malformed';
    end -= padding;
  }
  if (start >= end) return 'malformed';
  const second = packet[1] as number;
  into.payloadType = second & 0x7f;
  into.marker = (second & 0x80) !== 0;
  into.sequence = packet.readUInt16BE(2);
  into.timestamp = packet.readUInt32BE(4);
  into.ssrc = packet.readUInt32BE(8);
  into.start = start;
  into.end = end;
  return undefined;
}

/** Writes a plain header (no padding, extension or CSRC) at `at`. */
export function writeRtpHeader(
  packet: Buffer,
  at: number,
  payloadType: number,
  marker: boolean,
  sequence: number,
  timestamp: number,
  ssrc: number,
): void {
  packet[at] = 0x80;
  packet[at + 1] = payloadType | (marker ? 0x80 : 0);
  packet.writeUInt16BE(sequence, at + 2);
  packet.writeUInt32BE(timestamp, at + 4);
  packet.writeUInt32BE(ssrc, at + 8);
}

/** How far `a` is after `b`, -32768 to 32767: sequence numbers wrap. */
export const sequenceAfter = (a: number, b: number): number => ((a - b) << 16) >> 16;

/** How far `a` is after `b`: timestamps wrap at 32 bits. */
export const timestampAfter = (a: number, b: number): number => (a - b) | 0;
