import { devicesOf, present } from '../softphone/devices.ts';
import type { ChosenDevice } from '../softphone/preferences.ts';
import { canChooseSpeaker } from '../softphone/speaker.ts';
import type { RingPart } from './ring-tones.ts';
import { samplesOf } from './tone-samples.ts';

export interface RingSound {
  parts: readonly RingPart[];
  /** 0 to 1 */
  volume: number;
  /** null = where the system plays */
  output: ChosenDevice | null;
  /** again and again until it is stopped */
  repeat: boolean;
}

export interface RingPlayer {
  play(sound: RingSound): void;
  stop(): void;
  close(): void;
}

/** Plays through an element of its own, because only an element can be sent to another device than the rest of the page. */
export const createRingPlayer = (devices: MediaDevices | undefined): RingPlayer => {
  let context: AudioContext | null = null;
  let source: AudioBufferSourceNode | null = null;
  const element = document.createElement('audio');
  element.dataset['ring'] = 'silent';
  document.body.append(element);

  const sendTo = async (output: ChosenDevice | null): Promise<void> => {
    if (!canChooseSpeaker()) return;
    const all = output ? ((await devices?.enumerateDevices()) ?? []) : [];
    // a device that is gone: better heard where the system plays than not at all
    await element.setSinkId(present(output, devicesOf(all, 'audiooutput'))?.id ?? '').catch(() => {});
  };

  const stop = () => {
    source?.stop();
    source = null;
    element.pause();
    element.srcObject = null;
    element.dataset['ring'] = 'silent';
  };

  return {
    stop,
    close() {
      stop();
      element.remove();
      void context?.close();
      context = null;
    },
    play({ parts, volume, output, repeat }) {
      stop();
      if (parts.length === 0 || volume === 0) return;
      context ??= new AudioContext();
      const samples = samplesOf(parts, context.sampleRate);
      const buffer = context.createBuffer(1, samples.length, context.sampleRate);
      buffer.copyToChannel(samples, 0);
      const playing = context.createBufferSource();
      playing.buffer = buffer;
      playing.loop = repeat;
      const gain = context.createGain();
      gain.gain.value = volume;
      const out = context.createMediaStreamDestination();
      playing.connect(gain).connect(out);
      element.srcObject = out.stream;
      element.dataset['ring'] = 'sounds';
      source = playing;
      playing.onended = () => source === playing && stop();
      void sendTo(output);
      // both wait for the first click or key in the page, where the browser wants one
      void context.resume();
      element.play().catch(() => {});
      playing.start();
    },
  };
};
