/**
 * How good speech sounds, from what the network does to it: the E-model of ITU-T G.107 (06/2015) with all that is not the network's
 * at its default (R = 93.2 - Id - Ie,eff), for G.711 with packet loss concealment (G.113 Appendix I: Ie = 0, Bpl = 25.1).
 */
export interface Path {
  /** there and back, ms */
  roundTrip: number;
  /** RFC 3550 §6.4.1, ms */
  jitter: number;
  /** of the packets, 0 to 1 */
  loss: number;
}

/** of G.711 without an impairment (G.107 §7.7) */
const best = 93.2;
const robustness = 25.1;
/** one way: a packet is filled, and the far end waits for jitter, too; ms */
const packetTime = 20;

/** Id as a simplification of G.107 §7.5 for a call without echo: little below 177.3 ms, and 0.11 more for each ms from there on. */
const delayImpairment = (oneWay: number): number =>
  0.024 * oneWay + (oneWay > 177.3 ? 0.11 * (oneWay - 177.3) : 0);

/** Ie,eff of G.107 §7.6 for random loss; percent */
const lossImpairment = (percent: number): number => (95 * percent) / (percent + robustness);

/** Rating factor R, 0 to 93.2. */
export const ratingOf = ({ roundTrip, jitter, loss }: Path): number => {
  const oneWay = roundTrip / 2 + 2 * jitter + packetTime;
  return Math.max(0, best - delayImpairment(oneWay) - lossImpairment(100 * loss));
};

/** Mean opinion score, 1 to 4.5 (G.107 Annex B). */
export const opinionOf = (rating: number): number => {
  if (rating <= 0) return 1;
  if (rating >= 100) return 4.5;
  return Math.max(1, 1 + 0.035 * rating + 7e-6 * rating * (rating - 60) * (100 - rating));
};
