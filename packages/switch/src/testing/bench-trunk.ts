import { staticTrunk } from '../call/trunk/trunk.ts';
import type { Command, OutsideRules, SwitchTrunk } from '../control/protocol.ts';
import { ha1Of, realm, type SwitchBench } from './switch-bench.ts';

/** A trunk of a test: an operator at 203.0.113.5 that knows where we are. */
export function trunkOf(changes: Partial<SwitchTrunk> = {}): SwitchTrunk {
  return {
    ...staticTrunk({ name: 'operator', address: '203.0.113.5' }),
    uri: 'sip:{number}@203.0.113.5',
    ...changes,
  };
}

/** Extension 1001 calls 0701, an outside number. */
export const callOutside = (
  bench: Pick<SwitchBench, 'perform'>,
  leg = 'out',
  changes: Partial<Extract<Command, { type: 'originate' }>> = {},
) =>
  bench.perform({
    type: 'originate',
    leg,
    to: { number: '0701' },
    callerNumber: '1001',
    callerName: '',
    answering: 'phone',
    ringSeconds: 60,
    media: { type: 'none' },
    ...changes,
  });

export function provideTrunks(
  bench: SwitchBench,
  trunks: SwitchTrunk[],
  outside: OutsideRules = { anonymousPrefix: '#31#', emergencyNumbers: ['112'] },
): void {
  const extensions = ['1001', '1002'].map(extension => ({ extension, ha1: ha1Of(extension) }));
  bench.made.control.provision({ realm, extensions, trunks, outside });
}
