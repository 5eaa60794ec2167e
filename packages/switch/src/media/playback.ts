import type { Sound } from '../control/protocol.ts';
import { FRAME } from './g711.ts';
import { type CodedSound, type Found, type SoundLibrary, silence } from './sound-library.ts';
import type { ToneName } from './tones.ts';

/** A leg's list of sounds and how far it is. */
export interface Playback {
  sounds: Sound[];
  index: number;
  /** bytes of the present sound that are over */
  position: number;
  over: boolean;
}

export const createPlayback = (sounds: Sound[]): Playback => ({ sounds, index: 0, position: 0, over: false });

/** What a playback needs of its surroundings. */
export interface PlaybackSources {
  library: SoundLibrary;
  tones: Record<ToneName, CodedSound>;
  soundMissing(): void;
}

/** What the leg hears in the coming 20 ms: `sound` from byte `at`. One object for a whole leg. */
export interface NextFrame {
  sound: CodedSound;
  at: number;
}

/**
 * Sets `frame` and goes on by 20 ms; true at the tick at which the list is over. `musicPositions` keeps where each music of the leg is.
 * Silence and tones never end, music neither.
 */
export function stepPlayback(
  playback: Playback,
  sources: PlaybackSources,
  musicPositions: Map<string, number>,
  frame: NextFrame,
): boolean {
  frame.sound = silence;
  frame.at = 0;
  if (playback.over) return false;
  for (;;) {
    const sound = playback.sounds[playback.index];
    if (!sound) {
      playback.over = true;
      return true;
    }
    const outcome = playSound(sound, playback, sources, musicPositions, frame);
    if (outcome === 'played') return false;
    if (outcome === 'missing') sources.soundMissing();
    playback.index++;
    playback.position = 0;
  }
}

function playSound(
  sound: Sound,
  playback: Playback,
  sources: PlaybackSources,
  musicPositions: Map<string, number>,
  frame: NextFrame,
): 'played' | 'finished' | 'missing' {
  switch (sound.type) {
    case 'silence':
      return 'played';
    case 'tone':
      frame.sound = sources.tones[sound.name];
      frame.at = playback.position % frame.sound.ulaw.length;
      playback.position = frame.at + FRAME;
      return 'played';
    case 'music': {
      const found = findMusic(sound.name, playback, sources);
      if (typeof found === 'string') return 'played';
      frame.sound = found;
      frame.at = (musicPositions.get(sound.name) ?? 0) % found.ulaw.length;
      musicPositions.set(sound.name, frame.at + FRAME);
      return 'played';
    }
    case 'file': {
      const found = sources.library.find(sound.name);
      if (found === 'loading') return 'played';
      if (found === 'missing') return 'missing';
      if (playback.position >= found.ulaw.length) return 'finished';
      frame.sound = found;
      frame.at = playback.position;
      playback.position += FRAME;
      return 'played';
    }
  }
}

/** A class that is missing is counted once and replaced by the default one; without that the leg hears endless silence. */
function findMusic(name: string, playback: Playback, sources: PlaybackSources): Found {
  const found = sources.library.find(`music-${name}`);
  if (found !== 'missing') return found;
  if (playback.position === 0) sources.soundMissing();
  playback.position = FRAME;
  return sources.library.find('music-default');
}
