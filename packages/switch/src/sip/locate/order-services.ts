import type { SrvRecord } from './name-resolver.ts';

/** The order of RFC 2782: lowest priority first; within one each comes first as often as its weight says. */
export function orderServices(records: readonly SrvRecord[], random: () => number): SrvRecord[] {
  const priorities = [...new Set(records.map(({ priority }) => priority))].sort((a, b) => a - b);
  return priorities.flatMap(priority =>
    shuffle(
      records.filter(record => record.priority === priority),
      random,
    ),
  );
}

function shuffle(records: SrvRecord[], random: () => number): SrvRecord[] {
  // Those without weight first, so that they have a small chance and no more.
  const left = records.sort((a, b) => a.weight - b.weight);
  const ordered: SrvRecord[] = [];
  while (left.length > 0) {
    const sum = left.reduce((total, { weight }) => total + weight, 0);
    const chosen = Math.floor(random() * (sum + 1));
    let running = 0;
    const index = left.findIndex(({ weight }) => {
      running += weight;
      return running >= chosen;
    });
    ordered.push(...left.splice(Math.max(index, 0), 1));
  }
  return ordered;
}
