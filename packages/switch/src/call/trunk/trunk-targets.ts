import type { Located } from '../../sip/locate/locate.ts';
import type { Flow } from '../../sip/transport/flow.ts';

/** Where a trunk's servers are, and which of them were found dead. */
export interface TrunkTargets {
  /** in the order in which they are tried: those that failed lately last */
  ordered(): Located[];
  replace(targets: readonly Located[]): void;
  /** the server on this flow gave no answer, or 503: true where there is another to ask */
  failed(flow: Flow): boolean;
}

/** Milliseconds for which a server that failed comes last: then it may have been repaired. */
const failedFor = 60_000;

export function createTrunkTargets(now: () => number): TrunkTargets {
  let targets: readonly Located[] = [];
  const failures = new Map<string, number>();

  const isFailed = (target: Located) =>
    (failures.get(keyOf(target)) ?? Number.NEGATIVE_INFINITY) > now() - failedFor;

  return {
    ordered: () => [...targets.filter(target => !isFailed(target)), ...targets.filter(isFailed)],
    replace(next) {
      targets = next;
      const known = new Set(next.map(keyOf));
      for (const key of failures.keys()) if (!known.has(key)) failures.delete(key);
    },
    failed({ protocol, remoteAddress: address, remotePort: port }) {
      const gone = targets.find(
        target => target.protocol === protocol && target.address === address && target.port === port,
      );
      if (gone !== undefined) failures.set(keyOf(gone), now());
      return targets.some(target => !isFailed(target));
    },
  };
}

function keyOf({ protocol, address, port }: Located): string {
  return `${protocol} ${address} ${port}`;
}
