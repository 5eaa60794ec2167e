import { SessionState } from '@cordboard/contract';
import { isLegalTransition } from '../call/transitions.ts';
import type { Driver } from './driver.ts';

/** What these agents were told of their sessions, against the table of transitions; and who is not Idle must be there still. */
export function stateTableFaults(driver: Driver, agentIds: readonly number[]): string[] {
  const faults: string[] = [];
  const states = new Map<string, SessionState>();
  for (const agentId of agentIds) {
    for (const call of driver.calls(agentId)) {
      const key = `${agentId}:${call.ID}`;
      const from = states.get(key) ?? null;
      if (!isLegalTransition(from, call.State)) faults.push(`${key} went from ${from} to ${call.State}`);
      states.set(key, call.State);
    }
  }
  const alive = [...states.values()].filter(each => each !== SessionState.Idle).length;
  if (alive !== driver.state.sessions.size) {
    faults.push(`${alive} sessions were told of, and ${driver.state.sessions.size} are there`);
  }
  return faults;
}
