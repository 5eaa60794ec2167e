import { emit, order, type Turn } from '../turn.ts';
import type { Call } from './call.ts';
import { endIfEmpty, releaseAll } from './leave-call.ts';
import { isOutside } from './outside-call.ts';
import { upLegs } from './parties.ts';

/** A sound file, or a tone of the call manager's own where there is none. */
const limitSound = 'limit-warning';

/** Each of them hears, for himself, that the time is nearly over. */
export function warnOutside(turn: Turn, call: Call): void {
  if (!isOutside(turn.state, call)) return;
  for (const { id } of upLegs(turn.state, call))
    order(turn, { type: 'announce', leg: id, sound: limitSound });
}

/** They have talked long enough. */
export function outsideDue(turn: Turn, call: Call): void {
  if (!isOutside(turn.state, call)) return;
  emit(turn, { type: 'callCutOff', callId: call.id });
  releaseAll(turn, call, 'normal');
  endIfEmpty(turn, call, 'outsideLimit');
}
