import type { MediaEvent } from '../media/engine.ts';
import type { CallCounters } from './board.ts';

/** From a hundredth of loss on G.711 is heard to suffer (ITU-T G.113 appendix I), and few phones smooth more than 50 ms of jitter. */
const audibleLoss = 0.01;
const audibleJitter = 50;
/** Fewer packets say nothing: 1 s. */
const fewPackets = 50;

/** Counts how well the phone of a leg that is gone was heard. */
export function noteReception(
  counters: CallCounters,
  { received, lost, jitter }: Extract<MediaEvent, { type: 'reception' }>,
): void {
  counters.speechPackets += received;
  counters.speechPacketsLost += lost;
  const sent = received + lost;
  if (sent >= fewPackets && (lost / sent >= audibleLoss || jitter >= audibleJitter))
    counters.legsBadlyHeard++;
}
