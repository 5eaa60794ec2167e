import { expect, test } from 'vitest';
import { constraintsOf, devicesOf, present, problemOf } from './devices.ts';
import { keepPreferences, readPreferences, usualPreferences } from './preferences.ts';

const device = (kind: MediaDeviceKind, deviceId: string, label: string) =>
  ({ kind, deviceId, label }) as MediaDeviceInfo;
const headset = { id: 'h', name: 'Headset' };

test('SPH-31 devices are listed by their names, without the doubles of what the system uses', () => {
  const all = [
    device('audioinput', 'default', 'Default - Headset'),
    device('audioinput', 'h', 'Headset'),
    device('audiooutput', 's', 'Speaker'),
    device('audioinput', '', ''),
  ];
  expect(devicesOf(all, 'audioinput')).toEqual([headset]);
  expect(devicesOf(all, 'audiooutput')).toEqual([{ id: 's', name: 'Speaker' }]);
});

test('SPH-31 the chosen one is known again by its name where its id is another', () => {
  const now = { id: 'other', name: 'Headset' };
  expect(present(headset, [now])).toEqual(now);
  expect(present(headset, [{ id: 'h', name: 'renamed' }, now])).toEqual({ id: 'h', name: 'renamed' });
  expect([present(headset, []), present(null, [now])]).toEqual([null, null]);
});

test('SPH-31 the microphone is asked for as it was chosen', () => {
  expect(constraintsOf(usualPreferences, null)).toEqual({
    echoCancellation: true,
    noiseSuppression: true,
    autoGainControl: true,
  });
  expect(constraintsOf({ ...usualPreferences, echoCancellation: false }, headset)).toMatchObject({
    echoCancellation: false,
    deviceId: { exact: 'h' },
  });
});

test.each([
  ['NotAllowedError', 'denied'],
  ['NotFoundError', 'missing'],
  ['OverconstrainedError', 'missing'],
  ['NotReadableError', 'busy'],
  ['TypeError', 'failed'],
])('SPH-30 %s is told as %s', (name, problem) =>
  expect(problemOf(new DOMException('x', name))).toBe(problem),
);

test('SPH-31 what was chosen is kept, and nonsense is what is usual', () => {
  let kept: string | null = null;
  const storage = {
    getItem: () => kept,
    setItem(_key: string, text: string) {
      kept = text;
    },
  };
  expect(readPreferences(storage)).toEqual(usualPreferences);
  const chosen = { ...usualPreferences, microphone: headset, noiseSuppression: false };
  keepPreferences(storage, chosen);
  expect(readPreferences(storage)).toEqual(chosen);
  for (const text of ['{', 'null', '7', '{"microphone":7,"speaker":{"id":1}}']) {
    kept = text;
    expect(readPreferences(storage)).toEqual(usualPreferences);
  }
});
