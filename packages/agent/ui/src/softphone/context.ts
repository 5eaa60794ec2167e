import { createContext, useContext } from 'react';
import type { Audio } from './audio.ts';

export const AudioContextOfPage = createContext<Audio | null>(null);

export const useAudio = (): Audio => {
  const audio = useContext(AudioContextOfPage);
  if (!audio) throw new Error('no audio around this component');
  return audio;
};
