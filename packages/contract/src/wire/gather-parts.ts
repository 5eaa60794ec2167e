import type { Clock, Timer } from '../rpc/clock.ts';
import { WireError } from '../rpc/wire-error.ts';
import { checkOf } from '../validation/validator.ts';
import { SnapshotPartMessage } from './gateway.ts';
import type { AgentSnapshot } from './snapshot.ts';
import { joinSnapshot, maximumSnapshotParts, type WaitingItems } from './snapshot-parts.ts';

/** The parts of one connection's snapshot: they may come before the answer that says how many they are, or after it. */
export interface SnapshotParts {
  /** parameters of a `snapshotPart`; one that is out of order, or too many, ends the connection */
  take(parameters: unknown): void;
  /**
   * The snapshot with all its parts.
   * @throws WireError `closed` when the connection ends first
   */
  whole(snapshot: AgentSnapshot, expected: number): Promise<AgentSnapshot>;
  /** the connection has ended */
  broken(): void;
}

/** Milliseconds between two parts; whoever is slower is not at work on it. */
const patience = 10_000;

const check = checkOf(SnapshotPartMessage);

export const createSnapshotParts = (clock: Clock, close: (detail: string) => void): SnapshotParts => {
  const parts: WaitingItems[] = [];
  let expected: number | null = null;
  let ended = false;
  let over = false;
  let timer: Timer | null = null;
  const done = Promise.withResolvers<void>();
  // whoever awaits `whole` hears of it; nobody may
  done.promise.catch(() => undefined);

  const broken = () => {
    ended = true;
    timer?.cancel();
    done.reject(new WireError('closed'));
  };
  const fail = (detail: string) => {
    if (ended) return;
    broken();
    close(detail);
  };
  const look = () => {
    timer?.cancel();
    if (ended || over || expected === null) return;
    if (parts.length > expected) return fail('more of a snapshot than there is');
    if (parts.length < expected) {
      timer = clock.after(patience, () => fail('the rest of the snapshot did not come'));
      return;
    }
    over = true;
    done.resolve();
  };

  return {
    take(parameters) {
      if (check(parameters) !== null) return fail('a part of the wrong type');
      const { part, dispatch } = parameters as SnapshotPartMessage;
      if (over || part !== parts.length + 1 || part > maximumSnapshotParts)
        return fail('a part that belongs to no snapshot');
      parts.push(dispatch);
      look();
    },
    async whole(snapshot, count) {
      expected = count;
      look();
      await done.promise;
      return parts.length === 0 ? snapshot : joinSnapshot(snapshot, parts);
    },
    broken,
  };
};
