import type { Speaker } from './speaker.ts';

/** What is said now is heard after so many seconds, so that a speaker does not feed it back at once. */
const delaySeconds = 2;

/** Plays the microphone back with a delay, until the answer is called. */
export const startEcho = (track: MediaStreamTrack, speaker: Pick<Speaker, 'play'>): (() => void) => {
  const context = new AudioContext();
  const end = context.createMediaStreamDestination();
  const delay = context.createDelay(delaySeconds + 1);
  delay.delayTime.value = delaySeconds;
  context
    .createMediaStreamSource(new MediaStream([track]))
    .connect(delay)
    .connect(end);
  const stop = speaker.play(end.stream);
  return () => {
    stop();
    void context.close();
  };
};
