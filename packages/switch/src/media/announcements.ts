import type { Counters } from './counters.ts';
import type { Leg } from './leg.ts';
import { createPlayback, type PlaybackSources, stepPlayback } from './playback.ts';

/** Announcements that may wait for each other at one leg. */
const maximumWaiting = 8;

/** Lets the leg hear a file of the sound folder once, over everything else; behind those that it still has to hear. */
export function announce(leg: Leg, sound: string, counters: Counters): void {
  leg.announcements ??= createPlayback([]);
  const { sounds, index } = leg.announcements;
  if (sounds.length - index >= maximumWaiting) counters.announcementsRefused++;
  else sounds.push({ type: 'file', name: sound });
}

/** The coming 20 ms of the leg's announcements. */
export function stepAnnouncements(leg: Leg, sources: PlaybackSources): void {
  if (!leg.announcements) return;
  if (stepPlayback(leg.announcements, sources, leg.musicPositions, leg.announced)) {
    leg.announcements = undefined;
  }
}
