import type { Leg } from './leg.ts';
import { createVoice, stepVoice } from './voice.ts';

/**
 * What the leg's phone says in this tick, or undefined when that is nothing. Asking is what makes the leg's packets be decoded: from the
 * first tick in which somebody asks to the first in which nobody does.
 */
export function voiceOf(leg: Leg): Int16Array | undefined {
  leg.voiceAsked = true;
  leg.voice ??= createVoice();
  return leg.voice.present ? leg.voice.frame : undefined;
}

/** The coming 20 ms of the leg's voice; a voice that nobody asked for in the last tick is given up. */
export function stepVoiceOf(leg: Leg): void {
  if (!leg.voiceAsked) leg.voice = undefined;
  leg.voiceAsked = false;
  if (leg.voice) stepVoice(leg.voice);
}
