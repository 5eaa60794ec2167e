import type { OutsideRules, SwitchTrunk } from '../control/protocol.ts';
import { ha1Of, realm, type SwitchBench } from './switch-bench.ts';

/** A trunk of a test: an operator at 203.0.113.5 that knows where we are. */
export function trunkOf(changes: Partial<SwitchTrunk> = {}): SwitchTrunk {
  return {
    name: 'operator',
    uri: 'sip:{number}@203.0.113.5',
    addresses: [],
    anySourcePort: false,
    user: '',
    password: '',
    registerSeconds: 0,
    keepAliveSeconds: 0,
    calledNumber: 'requestUri',
    numbers: [],
    mainNumber: '',
    mainName: '',
    showCallers: true,
    anonymous: false,
    ...changes,
  };
}

export function provideTrunks(
  bench: SwitchBench,
  trunks: SwitchTrunk[],
  outside: OutsideRules = { anonymousPrefix: '#31#', emergencyNumbers: ['112'] },
): void {
  const extensions = ['1001', '1002'].map(extension => ({ extension, ha1: ha1Of(extension) }));
  bench.made.control.provision({ realm, extensions, trunks, outside });
}
