import type { Desk } from '../connection/open-window.ts';
import type { PreferenceStore } from '../settings/preference-store.ts';
import { preferredTexts } from '../settings/preferred-texts.ts';
import type { Softphone } from '../softphone/softphone.ts';
import { createBell } from './bell.ts';
import { blinkingTitle, systemNotification } from './call-signs.ts';
import { createRingPlayer } from './ring-player.ts';
import { ringsHere } from './rings-here.ts';

/** The bell of this window: it rings whatever page is shown. */
export const startBell = (desk: Desk, preferences: PreferenceStore, softphone: Softphone): void => {
  const texts = () => {
    const { sessions, call } = preferredTexts(preferences.get());
    return { rings: sessions.ringing, unknown: call.unknown };
  };
  const here = ringsHere({
    locks: navigator.locks as LockManager | undefined,
    softphone: () => (desk.store.get().status?.softphone ? softphone.state.get().phase : null),
    onUsed(act) {
      window.addEventListener('focus', act);
      for (const event of ['pointerdown', 'keydown']) document.addEventListener(event, act, true);
    },
    isUsed: () => document.hasFocus(),
  });
  const bell = createBell({
    calls: () => desk.store.get().agent?.calls ?? [],
    isHeard: here.get,
    preferences: preferences.get,
    player: createRingPlayer(navigator.mediaDevices),
    notification: systemNotification(texts, callId => desk.store.dispatch({ type: 'chosen', callId })),
    title: blinkingTitle(texts),
  });
  desk.store.subscribe(bell.update);
  here.subscribe(bell.update);
  softphone.state.subscribe(bell.update);
  // at once, also in a window in the background, where browsers let timers wait
  desk.client.on('OnCallEvent', bell.update);
};
