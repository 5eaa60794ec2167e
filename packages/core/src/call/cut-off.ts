import { emit, type Turn } from '../turn.ts';
import type { Call } from './call.ts';
import { endIfEmpty, releaseAll } from './leave-call.ts';
import { isOutside } from './outside-call.ts';

/** They have talked long enough. */
export function outsideDue(turn: Turn, call: Call): void {
  if (!isOutside(turn.state, call)) return;
  emit(turn, { type: 'callCutOff', callId: call.id });
  releaseAll(turn, call, 'normal');
  endIfEmpty(turn, call, 'outsideLimit');
}
