import type { Desk } from '../connection/open-window.ts';
import type { PreferenceStore } from '../settings/preference-store.ts';
import { preferredTexts } from '../settings/preferred-texts.ts';
import { createBell } from './bell.ts';
import { blinkingTitle, systemNotification } from './call-signs.ts';
import { createRingPlayer } from './ring-player.ts';

/** The bell of this window: it rings whatever page is shown. */
export const startBell = (desk: Desk, preferences: PreferenceStore): void => {
  const texts = () => {
    const { sessions, call } = preferredTexts(preferences.get());
    return { rings: sessions.ringing, unknown: call.unknown };
  };
  const bell = createBell({
    calls: () => desk.store.get().agent?.calls ?? [],
    preferences: preferences.get,
    player: createRingPlayer(navigator.mediaDevices),
    notification: systemNotification(texts, callId => desk.store.dispatch({ type: 'chosen', callId })),
    title: blinkingTitle(texts),
  });
  desk.store.subscribe(bell.update);
  // at once, also in a window in the background, where browsers let timers wait
  desk.client.on('OnCallEvent', bell.update);
};
