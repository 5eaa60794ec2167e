import { setHeader } from '../sip/message.ts';
import type { Switchboard } from './board.ts';
import { type Leg, usageOf } from './leg.ts';

/** Brings what the phone was told about hold in line with what the controller wants, as soon as the dialog allows it. */
export function followHold(leg: Leg, board: Switchboard): void {
  const { speech } = leg;
  const usage = usageOf(leg);
  if (leg.state !== 'up' || speech === undefined || usage === undefined) return;
  if (!speech.stale || !usage.stable || leg.retryTimer !== undefined) return;
  usage.reoffer(speech.offer(), result => {
    switch (result.type) {
      case 'answered':
        speech.accept(result.sdp);
        return;
      case 'glare':
        retry(leg, board, result.retryAfter);
        return;
      case 'refused':
        // The phone goes on as before; the media engine already plays what the controller asked for.
        retry(leg, board, refusedPause);
        return;
    }
  });
}

/** A phone that refuses a re-INVITE (500, 488) is asked again, but not often. */
const refusedPause = 10_000;

function retry(leg: Leg, board: Switchboard, milliseconds: number): void {
  leg.retryTimer = board.setup.after(milliseconds, () => {
    leg.retryTimer = undefined;
    followHold(leg, board);
  });
}

/** Target state: the controller holds this leg, or does not. */
export function setHold(leg: Leg, on: boolean, board: Switchboard): void {
  leg.holding = on;
  if (leg.answering === 'talk') {
    if (leg.heldByPhone !== on) notify(leg, on ? 'hold' : 'talk', board);
    return;
  }
  leg.speech?.hold(on);
  followHold(leg, board);
}

/** The remote control that BroadSoft made and most desk phones have: NOTIFY with the events "talk" and "hold". */
export function notify(leg: Leg, event: 'talk' | 'hold', board: Switchboard): void {
  usageOf(leg)?.send(
    'NOTIFY',
    request => {
      setHeader(request, 'event', event);
      setHeader(request, 'subscription-state', 'active');
    },
    outcome => {
      if (outcome.type !== 'response' || outcome.response.status >= 300) board.counters.talkRefused++;
    },
  );
}
