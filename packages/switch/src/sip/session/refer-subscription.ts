import type { Clock } from '../clock.ts';
import { type SipRequest, setBody, setHeader } from '../message.ts';
import { reasonPhrase } from '../reason-phrases.ts';
import type { Outcome } from '../transaction/client.ts';

/** How a REFER goes, told to the one who sent it. */
export interface ReferSubscription {
  /** nobody has said yet how it went */
  readonly open: boolean;
  /** the last word: a SIP status */
  finish(status: number): void;
  /** it ended by itself: nobody finished it in time, or the phone wants to hear no more */
  over: () => void;
}

interface Options {
  clock: Clock;
  /** false: the phone asked not to be told (RFC 4488) */
  tells: boolean;
  /** RFC 3515 §2.4.6: of the second REFER in a dialog on, its CSeq */
  id: number | undefined;
  send(method: string, edit: (request: SipRequest) => void, done: (outcome: Outcome) => void): void;
}

/** Longer than any transfer rings. */
const lifetimeSeconds = 180;

/**
 * The subscription that a REFER makes (RFC 3515 §2.4.4):
 *
 *   open --finish, time over--> finished --NOTIFY answered--> gone
 *    '--NOTIFY refused: open, but nothing is told any more
 */
export function createReferSubscription({ clock, tells, id, send }: Options): ReferSubscription {
  let open = true;
  let heard = tells;
  let busy = false;
  let last: number | undefined;

  const timer = clock.after(lifetimeSeconds * 1_000, () => {
    if (!open) return;
    finish(503);
    subscription.over();
  });

  /** One NOTIFY at a time: two that overtook each other would be read in the wrong order. */
  function notify(status: number, state: string): void {
    busy = true;
    send(
      'NOTIFY',
      request => {
        setHeader(request, 'event', id === undefined ? 'refer' : `refer;id=${id}`);
        setHeader(request, 'subscription-state', state);
        setBody(request, 'message/sipfrag;version=2.0', `SIP/2.0 ${status} ${reasonPhrase(status)}\r\n`);
      },
      outcome => {
        if (outcome.type === 'response' && outcome.response.status < 200) return;
        busy = false;
        // RFC 6665 §4.2.2: who refuses a NOTIFY has no subscription any more.
        if (outcome.type !== 'response' || outcome.response.status >= 300) heard = false;
        else if (last !== undefined) tellLast(last);
      },
    );
  }

  function tellLast(status: number): void {
    last = undefined;
    notify(status, 'terminated;reason=noresource');
  }

  function finish(status: number): void {
    if (!open) return;
    open = false;
    timer.cancel();
    if (!heard) return;
    if (busy) last = status;
    else tellLast(status);
  }

  const subscription: ReferSubscription = {
    get open() {
      return open;
    },
    finish,
    over: () => {},
  };
  if (tells) notify(100, `active;expires=${lifetimeSeconds}`);
  return subscription;
}
