import { addOthers } from './conferences.ts';
import { type Leg, mayHear } from './leg.ts';
import { voiceOf } from './listening.ts';
import { addSamples, addSound, type Sum } from './mixing.ts';

/**
 * Who hears whom. A leg hears the call (what its media says) and, for its person alone, announcements and whispers. What is summed here
 * is the call; it is also what monitors of the leg hear, so nobody else hears a whisper.
 */

/** Somebody speaks, or something is announced, to this person alone: a partner's packets cannot be passed on as they are. */
export const hearsAlone = (leg: Leg): boolean => leg.whisperers.length > 0 || leg.announcements !== undefined;

/** What the leg hears must be summed up in each tick. */
export const isMixed = (leg: Leg): boolean =>
  hearsAlone(leg) || leg.media?.type === 'conference' || leg.media?.type === 'monitor';

export function addVoice(sum: Sum, leg: Leg): void {
  const voice = voiceOf(leg);
  if (voice) addSamples(sum, voice);
}

/** Adds what the leg hears of the call. */
export function addCall(sum: Sum, leg: Leg): void {
  if (leg.media?.type === 'monitor') addMonitored(sum, leg.monitored);
  else addOwnCall(sum, leg);
}

function addOwnCall(sum: Sum, leg: Leg): void {
  if (leg.playback) addSound(sum, leg.frame.sound, leg.frame.at);
  else if (leg.partner) addVoice(sum, leg.partner);
  else addOthers(sum, leg);
}

/**
 * Adds both sides of the monitored person's call. What a monitor hears is not passed on to a monitor of it: two that monitor each other
 * would hear themselves for ever.
 */
function addMonitored(sum: Sum, leg: Leg | undefined): void {
  if (!leg?.media) return;
  addVoice(sum, leg);
  if (mayHear(leg)) addOwnCall(sum, leg);
}

/** Adds what is for the leg's person alone and not part of the call. */
export function addWhispers(sum: Sum, leg: Leg): void {
  for (const whisperer of leg.whisperers) addVoice(sum, whisperer);
}
