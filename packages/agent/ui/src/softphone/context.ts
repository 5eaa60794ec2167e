import { createContext, useContext } from 'react';
import type { Audio } from './audio.ts';
import type { Softphone, SoftphoneState } from './softphone.ts';
import { useValue } from './value.ts';

export const PhoneContext = createContext<{ audio: Audio; softphone: Softphone } | null>(null);

const usePhone = () => {
  const phone = useContext(PhoneContext);
  if (!phone) throw new Error('no phone around this component');
  return phone;
};

export const useAudio = (): Audio => usePhone().audio;
export const useSoftphone = (): Softphone => usePhone().softphone;
export const useSoftphoneState = (): SoftphoneState => useValue(usePhone().softphone.state);
