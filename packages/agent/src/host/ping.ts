import { brokerMethods, type Clock, checkOf, type Peer, PingResult, WireError } from '@cordboard/contract';

/** How far away the server is, and how its clock stands. */
export interface PingMeasured {
  /** by the clock of this machine */
  at: number;
  /** there and back, in milliseconds */
  roundTrip: number;
  /** the server's clock less this machine's, in milliseconds, true to half a round trip; null: the server does not tell */
  clockOffset: number | null;
}

const check = checkOf(PingResult);

/** The server's moment lies in the middle between question and answer, as in RFC 5905 §8. */
export const measurePing = async (
  peer: Peer,
  clock: Clock,
  onPing: (measured: PingMeasured) => void,
): Promise<void> => {
  const asked = clock.now();
  const started = performance.now();
  try {
    const answer = await peer.request(brokerMethods.ping, {});
    const at = clock.now();
    const told = answer.ok && check(answer.value) === null ? (answer.value as PingResult).at : null;
    const roundTrip = performance.now() - started;
    onPing({ at, roundTrip, clockOffset: told === null ? null : told - (asked + at) / 2 });
  } catch (error) {
    // no answer, or a server that knows no such question: its silence is watched elsewhere
    if (!(error instanceof WireError)) throw error;
  }
};
