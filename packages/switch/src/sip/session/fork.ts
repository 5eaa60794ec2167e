import type { SessionContext } from './context.ts';
import type { SessionEnd, SessionHandlers } from './events.ts';
import { type OutgoingCall, type OutgoingSession, placeInvite } from './outgoing.ts';

/** RFC 3326 §2 */
const answeredElsewhere = 'SIP;cause=200;text="Call completed elsewhere"';
const declinedElsewhere = 'SIP;cause=603;text="Decline"';

/**
 * Calls several phones at once (the idea of RFC 3261 §16.7): the first that answers has the call, the others are cancelled. A phone
 * that is busy or does not answer leaves the others ringing; one at which the person declines (6xx) ends it for all.
 */
export function forkInvite(
  context: SessionContext,
  calls: readonly OutgoingCall[],
  handlers: SessionHandlers,
): OutgoingSession {
  const branches: OutgoingSession[] = [];
  const ends = new Map<number, SessionEnd>();
  let winner: number | undefined;
  /** whose early media are heard */
  let speaking: number | undefined;
  let over = false;

  function endOthers(of: number, reason: string): void {
    branches.forEach((branch, index) => {
      if (index !== of && !ends.has(index)) branch.end(reason);
    });
  }

  function ended(index: number, end: SessionEnd): void {
    if (over || (winner !== undefined && winner !== index)) return;
    ends.set(index, end);
    const everywhere = end.type === 'failed' && end.status >= 600;
    if (winner === undefined && !everywhere && ends.size < calls.length) return;
    over = true;
    if (everywhere) endOthers(index, declinedElsewhere);
    handlers.ended(winner === index || everywhere ? end : mostTelling([...ends.values()]));
  }

  function handlersOf(index: number): SessionHandlers {
    const isHeard = () => (winner ?? speaking ?? index) === index;
    return {
      ...handlers,
      early(sdp) {
        speaking ??= index;
        if (isHeard()) handlers.early(sdp);
      },
      answered(sdp) {
        winner = index;
        endOthers(index, answeredElsewhere);
        handlers.answered(sdp);
      },
      offered: sdp => (isHeard() ? handlers.offered(sdp) : undefined),
      ended: end => ended(index, end),
    };
  }

  calls.forEach((call, index) => {
    branches.push(placeInvite(context, call, handlersOf(index)));
  });

  function current(): OutgoingSession | undefined {
    const chosen = winner ?? branches.findIndex(({ usage }) => usage !== undefined);
    return branches[Math.max(chosen, 0)];
  }

  return {
    get flow() {
      return (current() ?? calls[0])?.flow ?? neverCalled();
    },
    get usage() {
      return current()?.usage;
    },
    end(reason) {
      over = true;
      for (const branch of branches) branch.end(reason);
    },
  };
}

function neverCalled(): never {
  throw new Error('a call to no phone at all');
}

/** Of several failures the one that says most about the person: busy, then any other refusal, then silence, then what is broken. */
function mostTelling(ends: readonly SessionEnd[]): SessionEnd {
  const [first] = [...ends].sort((a, b) => rank(a) - rank(b));
  return first ?? { type: 'unreachable' };
}

function rank(end: SessionEnd): number {
  if (end.type !== 'failed') return 4;
  if (end.status === 486) return 0;
  if (end.status === 480 || end.status === 408) return 2;
  return end.status < 500 ? 1 : 3;
}
