import { expect, test } from 'vitest';
import { createMicrophone, type MicrophoneState } from './microphone.ts';
import { type AudioPreferences, usualPreferences } from './preferences.ts';

class FakeTrack extends EventTarget {
  readonly kind = 'audio';
  stopped = false;
  readonly label: string;
  constructor(label: string) {
    super();
    this.label = label;
  }
  stop(): void {
    this.stopped = true;
  }
}

/** A computer with these microphones, the first of which is the system's. */
const computer = (names: string[]) => {
  let refusal: DOMException | null = null;
  const opened: FakeTrack[] = [];
  const devices = Object.assign(new EventTarget(), {
    enumerateDevices: async () =>
      names.map(name => ({ kind: 'audioinput', deviceId: `id-${name}`, label: name }) as MediaDeviceInfo),
    async getUserMedia({ audio }: MediaStreamConstraints) {
      if (refusal) throw refusal;
      const [usual] = names;
      if (usual === undefined) throw new DOMException('none', 'NotFoundError');
      const { deviceId } = audio as { deviceId?: { exact: string } };
      const track = new FakeTrack(names.find(name => `id-${name}` === deviceId?.exact) ?? usual);
      opened.push(track);
      return { getAudioTracks: () => [track], getTracks: () => [track] } as unknown as MediaStream;
    },
  });
  return {
    devices: devices as unknown as MediaDevices,
    opened,
    refuse(name: string | null) {
      refusal = name === null ? null : new DOMException('no', name);
    },
    plug(now: string[]) {
      names = now;
      devices.dispatchEvent(new Event('devicechange'));
    },
    pull(now: string[]) {
      names = now;
      opened.at(-1)?.dispatchEvent(new Event('ended'));
    },
  };
};

const create = (made: ReturnType<typeof computer>, chosen: Partial<AudioPreferences> = {}) => {
  const states: MicrophoneState[] = [];
  const tracks: (string | null)[] = [];
  const microphone = createMicrophone({
    devices: made.devices,
    preferences: () => ({ ...usualPreferences, ...chosen }),
    onState: state => states.push(state),
    onTrack: track => tracks.push(track?.label ?? null),
  });
  return { microphone, states, tracks };
};

const open = (name: string, lost: string | null = null) => ({ type: 'open', name, lost });
const headset = { microphone: { id: 'id-headset', name: 'headset' } };

test('SPH-31 the chosen microphone is opened, and closed', async () => {
  const made = computer(['laptop', 'headset']);
  const { microphone, states, tracks } = create(made, headset);
  await microphone.open();
  expect(states).toEqual([{ type: 'asking' }, open('headset')]);
  microphone.close();
  expect(tracks).toEqual(['headset', null]);
  expect(made.opened.every(each => each.stopped)).toBe(true);
});

test('SPH-32 a microphone that is pulled out is replaced by another, which is said, and taken again when it is back', async () => {
  const made = computer(['laptop', 'headset']);
  const { microphone, tracks } = create(made, headset);
  await microphone.open();
  made.pull(['laptop']);
  await expect.poll(() => microphone.state).toEqual(open('laptop', 'headset'));
  made.plug(['laptop', 'headset']);
  await expect.poll(() => microphone.state).toEqual(open('headset'));
  expect(tracks).toEqual(['headset', 'laptop', 'headset']);
});

test('SPH-32 of who chose none, too, it is said which one is gone', async () => {
  const made = computer(['headset', 'laptop']);
  const { microphone } = create(made);
  await microphone.open();
  made.pull(['laptop']);
  await expect.poll(() => microphone.state).toEqual(open('laptop', 'headset'));
});

test('SPH-30 a refusal is said, and one that is plugged in is taken by itself', async () => {
  const made = computer([]);
  const { microphone } = create(made);
  await microphone.open();
  expect(microphone.state).toEqual({ type: 'absent', problem: 'missing' });
  made.plug(['headset']);
  await expect.poll(() => microphone.state).toEqual(open('headset'));
  made.refuse('NotAllowedError');
  made.pull(['headset']);
  await expect.poll(() => microphone.state).toEqual({ type: 'absent', problem: 'denied' });
  made.refuse(null);
  await microphone.open();
  expect(microphone.state).toEqual(open('headset'));
});

test('SPH-30 a page that is not secure has no microphone', async () => {
  const states: MicrophoneState[] = [];
  const microphone = createMicrophone({
    devices: undefined,
    preferences: () => usualPreferences,
    onState: state => states.push(state),
    onTrack: () => {},
  });
  await microphone.open();
  expect(states.at(-1)).toEqual({ type: 'absent', problem: 'insecure' });
});
