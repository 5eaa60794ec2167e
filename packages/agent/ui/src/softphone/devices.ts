import type { AudioPreferences, ChosenDevice } from './preferences.ts';

export type Kind = 'audioinput' | 'audiooutput';

/** What there is of one kind, without the doubles by which Chromium names what the system uses. */
export const devicesOf = (all: readonly MediaDeviceInfo[], kind: Kind): ChosenDevice[] =>
  all
    .filter(each => each.kind === kind && each.deviceId !== 'default' && each.deviceId !== 'communications')
    .map(({ deviceId, label }) => ({ id: deviceId, name: label }))
    .filter(({ id, name }) => id !== '' && name !== '');

/** The chosen one by its id, or by its name; null: it is not there, or none was chosen. */
export const present = (
  chosen: ChosenDevice | null,
  devices: readonly ChosenDevice[],
): ChosenDevice | null => {
  if (chosen === null) return null;
  return (
    devices.find(({ id }) => id === chosen.id) ?? devices.find(({ name }) => name === chosen.name) ?? null
  );
};

/** What `getUserMedia` is asked for. */
export const constraintsOf = (
  preferences: AudioPreferences,
  microphone: ChosenDevice | null,
): MediaTrackConstraints => ({
  echoCancellation: preferences.echoCancellation,
  noiseSuppression: preferences.noiseSuppression,
  autoGainControl: preferences.autoGainControl,
  ...(microphone && { deviceId: { exact: microphone.id } }),
});

/** Why there is no microphone, by the name of the error (W3C Media Capture and Streams §10.2). */
export type MicrophoneProblem = 'denied' | 'missing' | 'busy' | 'insecure' | 'failed';

export const problemOf = (error: unknown): MicrophoneProblem => {
  const name = error instanceof DOMException ? error.name : '';
  switch (name) {
    case 'NotAllowedError':
    case 'SecurityError':
      return 'denied';
    case 'NotFoundError':
    case 'OverconstrainedError':
      return 'missing';
    case 'NotReadableError':
    case 'AbortError':
      return 'busy';
    default:
      return 'failed';
  }
};
