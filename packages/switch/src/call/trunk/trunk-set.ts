import { isDeepStrictEqual } from 'node:util';
import type { OutsideRules, SwitchTrunk, TrunkStatus } from '../../control/protocol.ts';
import type { ConnectionProblem, Flow } from '../../sip/transport/flow.ts';
import { isUsable } from './trunk.ts';
import { openTrunkLine, type TrunkLine, type TrunkSurroundings } from './trunk-line.ts';

/** The ways to the outside, in the order in which they are tried. */
export interface TrunkSet {
  readonly lines: readonly TrunkLine[];
  readonly rules: OutsideRules;
  /** replaces them all; those that stay as they are keep their registration */
  provide(trunks: readonly SwitchTrunk[], rules: OutsideRules): void;
  /** the trunk whose calls come on this flow */
  sourceOf(flow: Flow): TrunkLine | undefined;
  status(): TrunkStatus[];
  /** a connection is gone */
  flowClosed(flow: Flow, problem?: ConnectionProblem): void;
  flowSecured(flow: Flow): void;
  close(): void;
}

export function createTrunkSet(surroundings: TrunkSurroundings): TrunkSet {
  let lines: TrunkLine[] = [];
  let rules: OutsideRules = { anonymousPrefix: '', emergencyNumbers: [] };

  return {
    get lines() {
      return lines;
    },
    get rules() {
      return rules;
    },
    provide(trunks, nextRules) {
      rules = nextRules;
      const before = lines;
      const kept = (trunk: SwitchTrunk) => before.find(line => isDeepStrictEqual(line.trunk, trunk));
      const wanted = trunks.filter(isUsable);
      for (const line of before) if (!wanted.some(trunk => kept(trunk) === line)) line.close();
      lines = wanted.map(trunk => kept(trunk) ?? openTrunkLine(trunk, surroundings));
    },
    sourceOf: flow => lines.find(line => line.isSource(flow)),
    status: () => lines.map(({ status }) => status),
    flowClosed(flow, problem) {
      for (const line of lines) line.flowClosed(flow, problem);
    },
    flowSecured(flow) {
      for (const line of lines) line.flowSecured(flow);
    },
    close() {
      for (const line of lines) line.close();
      lines = [];
    },
  };
}
