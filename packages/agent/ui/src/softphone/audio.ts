import { createMicrophone, type MicrophoneState } from './microphone.ts';
import { type AudioPreferences, keepPreferences, readPreferences } from './preferences.ts';
import { createSpeaker, type Speaker } from './speaker.ts';
import { createValue, type Value } from './value.ts';

/** What the agent speaks into and hears from, as he chose it. */
export interface Audio {
  readonly preferences: Value<AudioPreferences>;
  /** Takes effect at once, in calls too. */
  prefer(change: Partial<AudioPreferences>): void;
  readonly microphone: Value<MicrophoneState>;
  readonly track: Value<MediaStreamTrack | null>;
  /** the chosen speaker, while it is not there */
  readonly lostSpeaker: Value<string | null>;
  readonly speaker: Speaker;
  openMicrophone(): Promise<void>;
  closeMicrophone(): void;
}

export const createAudio = (devices: MediaDevices | undefined, storage: Storage): Audio => {
  const preferences = createValue(readPreferences(storage));
  const state = createValue<MicrophoneState>({ type: 'closed' });
  const track = createValue<MediaStreamTrack | null>(null);
  const lostSpeaker = createValue<string | null>(null);
  const microphone = createMicrophone({
    devices,
    preferences: preferences.get,
    onState: state.set,
    onTrack: track.set,
  });
  const speaker = createSpeaker({
    devices,
    chosen: () => preferences.get().speaker,
    onLost: lostSpeaker.set,
  });
  void speaker.follow();
  return {
    preferences,
    microphone: state,
    track,
    lostSpeaker,
    speaker,
    prefer(change) {
      preferences.set({ ...preferences.get(), ...change });
      keepPreferences(storage, preferences.get());
      if ('speaker' in change) void speaker.follow();
      else if (state.get().type === 'open') void microphone.open();
    },
    openMicrophone: microphone.open,
    closeMicrophone: microphone.close,
  };
};
