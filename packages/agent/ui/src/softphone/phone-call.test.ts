import { type Session, SessionState, Web } from 'sip.js';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { KeptCall } from './kept-calls.ts';
import { createPhoneCall } from './phone-call.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

interface Offer {
  sessionDescriptionHandlerOptions: { offerOptions?: { iceRestart?: boolean } };
  requestDelegate: { onReject(): void };
}

/** A session with a connection whose way breaks when it is told to. */
const create = () => {
  const events: string[] = [];
  const offers: Offer[] = [];
  const kept: KeptCall[] = [];
  let refuse = false;
  let told: (state: SessionState) => void = () => {};
  const connection = Object.assign(new EventTarget(), {
    iceConnectionState: 'connected',
    getSenders: () => [],
    close: () => void events.push('closed'),
  });
  const handler = Object.create(Web.SessionDescriptionHandler.prototype, {
    peerConnection: { value: connection },
    remoteMediaStream: { value: 'stream' },
  }) as Web.SessionDescriptionHandler;
  const session = {
    state: SessionState.Initial,
    delegate: {},
    dialog: { callId: 'call', localTag: 'a', remoteTag: 'b' },
    sessionDescriptionHandler: handler,
    stateChange: {
      addListener(listener: (state: SessionState) => void) {
        told = listener;
      },
    },
    async invite(offer: Offer) {
      offers.push(offer);
      if (refuse) throw new Error('an offer is open');
    },
  };
  const call = createPhoneCall({
    session: session as unknown as Session,
    kept: {
      all: () => kept,
      add: each => void kept.push(each),
      remove: callId => void kept.splice(0, kept.length, ...kept.filter(each => each.callId !== callId)),
    },
    play() {
      events.push('played');
      return () => void events.push('silent');
    },
    onConnection: () => void events.push('connection'),
    onUp: () => void events.push('up'),
    onEnd: () => void events.push('end'),
  });
  return {
    call,
    events,
    offers,
    kept,
    become(state: SessionState) {
      session.state = state;
      told(state);
    },
    way(state: string) {
      connection.iceConnectionState = state;
      connection.dispatchEvent(new Event('iceconnectionstatechange'));
    },
    refuseOffers(on: boolean) {
      refuse = on;
    },
  };
};

test('SPH-25 a call that is up is played and kept for the next page; one that is over is neither', () => {
  const { become, events, kept } = create();
  become(SessionState.Established);
  expect(events).toEqual(['played', 'connection', 'up']);
  expect(kept).toEqual([{ callId: 'call', localTag: 'a', remoteTag: 'b' }]);
  become(SessionState.Terminated);
  expect(events.slice(3)).toEqual(['silent', 'end']);
  expect(kept).toEqual([]);
});

test('SPH-26 a way that fails is sought anew by ICE restart, a short silence is waited out', async () => {
  const { become, way, offers } = create();
  become(SessionState.Established);
  way('disconnected');
  await vi.advanceTimersByTimeAsync(1_000);
  way('connected');
  await vi.advanceTimersByTimeAsync(10_000);
  expect(offers).toEqual([]);
  way('failed');
  await vi.advanceTimersByTimeAsync(0);
  expect(offers[0]?.sessionDescriptionHandlerOptions.offerOptions).toEqual({ iceRestart: true });
});

test('SPH-26 while it cannot be offered, or is refused, it is tried again, until there is a way', async () => {
  const { become, way, offers, refuseOffers } = create();
  become(SessionState.Established);
  refuseOffers(true);
  way('failed');
  await vi.advanceTimersByTimeAsync(3_100);
  expect(offers).toHaveLength(2);
  refuseOffers(false);
  await vi.advanceTimersByTimeAsync(3_100);
  expect(offers).toHaveLength(3);
  offers[2]?.requestDelegate.onReject();
  await vi.advanceTimersByTimeAsync(3_100);
  expect(offers).toHaveLength(4);
  way('connected');
  await vi.advanceTimersByTimeAsync(10_000);
  expect(offers).toHaveLength(4);
});

test('SPH-27 a page that gives its calls to another falls silent and keeps what the other needs', () => {
  const { become, call, events, kept } = create();
  become(SessionState.Established);
  call.forget();
  expect(events.slice(3)).toEqual(['silent', 'closed']);
  expect(kept).toHaveLength(1);
});
