import type { CommandResult } from './protocol.ts';

/** Results of the last commands by id, so that a command sent again acts once. */
export interface ResultMemory {
  get(id: string): CommandResult | undefined;
  put(result: CommandResult): void;
}

export function createResultMemory(maximum = 100_000): ResultMemory {
  const results = new Map<string, CommandResult>();
  return {
    get: id => results.get(id),
    put(result) {
      results.set(result.id, result);
      if (results.size <= maximum) return;
      for (const oldest of results.keys()) {
        results.delete(oldest);
        return;
      }
    },
  };
}
