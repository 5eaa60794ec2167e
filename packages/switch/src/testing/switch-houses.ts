import { type SwitchProcess, startSwitchProcess } from './switch-process.ts';

/** The switch processes of a test file, with 1001 and 1002 as their extensions: what a test starts ends with it. */
export interface SwitchHouses {
  house(changes?: Record<string, unknown>): Promise<SwitchProcess>;
  /** done after the test, the last that was added first */
  atEnd(end: () => Promise<void>): void;
}

export function switchHouses(afterEach: (end: () => Promise<void>) => void): SwitchHouses {
  const endings: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const end of endings.splice(0).reverse()) await end();
  });
  return {
    async house(changes) {
      const made = await startSwitchProcess(['1001', '1002'], changes);
      endings.push(() => made.close());
      return made;
    },
    atEnd: end => void endings.push(end),
  };
}
