import type { Cause, LegId } from '../ports/call-manager.ts';
import { order, type Turn } from '../turn.ts';

/** The leg is to end; once is enough. */
export function dropLeg(turn: Turn, legId: LegId, cause: Cause): void {
  const leg = turn.state.legs.get(legId);
  if (leg === undefined || leg.clearing !== null) return;
  order(turn, { type: 'clear', leg: legId, cause });
}
