import type { SiteEvent } from './event.ts';
import { evolve } from './evolve.ts';
import type { LegCommand, Originate, Party } from './leg/leg.ts';
import type { CallManagerCommand, LegId } from './ports/call-manager.ts';
import type { SiteState } from './state.ts';

/** One decision under way: what is emitted is in the state at once, so that the next question sees it. */
export interface Turn {
  readonly state: SiteState;
  readonly events: SiteEvent[];
}

export function emit(turn: Turn, event: SiteEvent): void {
  turn.events.push(event);
  evolve(turn.state, event);
}

export const order = (turn: Turn, command: LegCommand): void => emit(turn, { type: 'legOrdered', command });

export function originate(
  turn: Turn,
  wanted: Omit<Originate, 'type' | 'leg'>,
  of: { callId: number; sessionId: number; party?: Party },
): LegId {
  const leg = nextLegId(turn.state);
  emit(turn, { type: 'legOriginated', command: { type: 'originate', leg, ...wanted }, ...of });
  return leg;
}

/** Counted in the state: the same after a restart, and never given twice. */
export const nextLegId = (state: SiteState): LegId => `l${state.counters.leg + 1}`;
export const nextSessionId = (state: SiteState): number => state.counters.session + 1;

/** What the call manager is to do because of an event. */
export function commandOf(event: SiteEvent): CallManagerCommand | null {
  return event.type === 'legOriginated' || event.type === 'legOrdered' ? event.command : null;
}

export function commandsOf(events: readonly SiteEvent[]): CallManagerCommand[] {
  const commands: CallManagerCommand[] = [];
  for (const event of events) {
    const command = commandOf(event);
    if (command === null) continue;
    const last = commands.at(-1);
    // neither needs the other, and the phone that is to ring is the one that is waited for
    if (command.type === 'originate' && last?.type === 'answer') commands.splice(-1, 0, command);
    else commands.push(command);
  }
  return commands;
}
