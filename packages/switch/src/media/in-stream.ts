import { type RtpPacket, sequenceAfter } from './rtp.ts';

/**
 * What one phone sends: which SSRC is believed. A new SSRC, or a jump in sequence, is believed when a second packet in sequence
 * follows (RFC 3550 A.1), so that a flood of invented ones changes nothing and costs no memory.
 */
export interface InStream {
  started: boolean;
  ssrc: number;
  sequence: number;
  /** how often the sequence has wrapped */
  cycles: number;
  candidateSsrc: number;
  candidateSequence: number;
  /** goes up when the numbers begin anew: a listener's stream must then be joined on again */
  generation: number;
}

export const createInStream = (): InStream => ({
  started: false,
  ssrc: 0,
  sequence: 0,
  cycles: 0,
  candidateSsrc: -1,
  candidateSequence: -1,
  generation: 0,
});

const maximumDropout = 3000;
const maximumMisorder = 100;

export type Arrival = 'inOrder' | 'late' | 'probation';

export function arrived(stream: InStream, packet: RtpPacket): Arrival {
  if (stream.started && packet.ssrc === stream.ssrc) {
    const ahead = sequenceAfter(packet.sequence, stream.sequence);
    if (ahead > 0 && ahead < maximumDropout) {
      if (packet.sequence < stream.sequence) stream.cycles++;
      stream.sequence = packet.sequence;
      stream.candidateSequence = -1;
      return 'inOrder';
    }
    if (ahead <= 0 && ahead > -maximumMisorder) return 'late';
  }
  const second = packet.ssrc === stream.candidateSsrc && packet.sequence === stream.candidateSequence;
  if (stream.started && !second) {
    stream.candidateSsrc = packet.ssrc;
    stream.candidateSequence = (packet.sequence + 1) & 0xffff;
    return 'probation';
  }
  stream.started = true;
  stream.ssrc = packet.ssrc;
  stream.sequence = packet.sequence;
  stream.cycles = 0;
  stream.candidateSequence = -1;
  stream.generation++;
  return 'inOrder';
}
