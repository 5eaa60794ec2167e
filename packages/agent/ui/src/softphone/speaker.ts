import { devicesOf, present } from './devices.ts';
import type { ChosenDevice } from './preferences.ts';

export interface Speaker {
  /** Plays a stream until the answer is called. */
  play(stream: MediaStream): () => void;
  /** The choice, or what there is, is another. */
  follow(): Promise<void>;
}

export interface SpeakerOptions {
  devices: MediaDevices | undefined;
  chosen(): ChosenDevice | null;
  /** the chosen one is not there and the system's plays; null: all is as chosen */
  onLost(name: string | null): void;
}

/** Firefox before 116 plays where the system says. */
export const canChooseSpeaker = (): boolean => 'setSinkId' in HTMLMediaElement.prototype;

/** Where the agent hears: every stream has an element of its own, all at the chosen device. */
export const createSpeaker = ({ devices, chosen, onLost }: SpeakerOptions): Speaker => {
  const elements = new Set<HTMLAudioElement>();
  let sink = '';

  const sendTo = async (element: HTMLAudioElement): Promise<void> => {
    if (!canChooseSpeaker() || element.sinkId === sink) return;
    // gone since it was listed: it plays where the system says
    await element.setSinkId(sink).catch(() => {});
  };

  const follow = async (): Promise<void> => {
    const wanted = chosen();
    const found = present(wanted, devicesOf((await devices?.enumerateDevices()) ?? [], 'audiooutput'));
    sink = found?.id ?? '';
    onLost(wanted !== null && found === null ? wanted.name : null);
    for (const element of elements) await sendTo(element);
  };
  devices?.addEventListener('devicechange', () => void follow());

  return {
    play(stream) {
      const element = document.createElement('audio');
      elements.add(element);
      element.srcObject = stream;
      element.autoplay = true;
      void sendTo(element);
      // refused while nobody has touched the page; the element plays at the first touch
      element.play().catch(() => {
        const resume = () => void element.play().catch(() => {});
        document.addEventListener('pointerdown', resume, { once: true });
        document.addEventListener('keydown', resume, { once: true });
      });
      return () => {
        elements.delete(element);
        element.pause();
        element.srcObject = null;
      };
    },
    follow,
  };
};
