import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { eventually } from '../testing/eventually.ts';
import { createMediaEngine } from './create-media-engine.ts';
import type { MediaEngine, MediaEvent, OpenedMedia, RemoteMedia } from './engine.ts';
import { openTestPhone, rtp, type TestPhone } from './test-phone.ts';
import { writeWav } from './wav.ts';

const plain: RemoteMedia = {
  address: '127.0.0.1',
  port: 0,
  payloadType: 0,
  telephoneEvent: 101,
  direction: 'sendrecv',
};

/** What the other end is told of this one. */
function towards({ secure }: OpenedMedia, setup: 'active' | 'passive', changes: object = {}): RemoteMedia {
  if (secure === undefined) throw new Error('not secure');
  return { ...plain, secure: { ...secure, setup, ...changes } };
}

// One engine for all: a process can load the library once.
describe('legs of browsers', () => {
  let folder: string;
  let engine: MediaEngine;
  let events: MediaEvent[];
  let alice: TestPhone;
  let bob: TestPhone;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'media-'));
    await writeFile(join(folder, 'beep.wav'), writeWav(new Int16Array(800).fill(8000)));
    engine = createMediaEngine({ address: '127.0.0.1', warmSockets: 4, soundFolder: folder, browsers: true });
    engine.onEvent(event => events.push(event));
  });

  afterAll(async () => {
    await engine.stop();
    await rm(folder, { recursive: true });
  });

  beforeEach(async () => {
    events = [];
    alice = await openTestPhone();
    bob = await openTestPhone();
  });

  afterEach(() => {
    for (const leg of ['a', 'b', 'x', 'y']) engine.close(leg);
    alice.close();
    bob.close();
  });

  /** Alice's phone -- leg a, leg x == encrypted == leg y, leg b -- Bob's phone */
  async function connectPhones(): Promise<{
    a: OpenedMedia;
    b: OpenedMedia;
    x: OpenedMedia;
    y: OpenedMedia;
  }> {
    const a = await engine.open('a');
    const b = await engine.open('b');
    const x = await engine.openSecure('x');
    const y = await engine.openSecure('y');
    engine.setRemote('a', { ...plain, port: alice.port });
    engine.setRemote('b', { ...plain, port: bob.port });
    engine.setMedia('a', { type: 'connected', with: 'x' });
    engine.setMedia('b', { type: 'connected', with: 'y' });
    return { a, b, x, y };
  }

  /** Speaks until it is heard: the way needs a moment. */
  async function isHeard(
    from: TestPhone,
    port: number,
    at: TestPhone,
    byte: number,
    patience = 20_000,
  ): Promise<void> {
    let sequence = 0;
    const payload = Buffer.alloc(160, byte);
    const speak = setInterval(() => {
      from.send(rtp({ sequence: sequence++, timestamp: 160 * sequence, payload }), port);
    }, 20);
    try {
      await vi.waitFor(() => expect(at.heard.some(packet => packet.payload.equals(payload))).toBe(true), {
        timeout: patience,
        interval: 5,
      });
    } finally {
      clearInterval(speak);
    }
  }

  test('WRT-10 what is said goes encrypted through and comes out as it was, both ways', async () => {
    const { a, b, x, y } = await connectPhones();
    engine.setRemote('x', towards(y, 'passive'));
    engine.setRemote('y', towards(x, 'active'));
    await isHeard(alice, a.port, bob, 0x11);
    await isHeard(bob, b.port, alice, 0x22);
  });

  test('WRT-10 digits go through as events', async () => {
    const { a, b, x, y } = await connectPhones();
    engine.setRemote('x', towards(y, 'active'));
    engine.setRemote('y', towards(x, 'passive'));
    await isHeard(alice, a.port, bob, 0x11);
    await isHeard(bob, b.port, alice, 0x22);
    engine.sendDigits('x', '5');
    await eventually(() => expect(events).toContainEqual({ type: 'digit', leg: 'y', digit: '5' }));
  });

  test('WRT-11 with another certificate than the one signalled nothing passes', async () => {
    const { a, x, y } = await connectPhones();
    const wrong = Array.from({ length: 32 }, () => 'AA').join(':');
    engine.setRemote('x', towards(y, 'passive', { fingerprint: wrong }));
    engine.setRemote('y', towards(x, 'active'));
    await expect(isHeard(alice, a.port, bob, 0x11, 2_500)).rejects.toThrow();
  });

  test('WRT-14 another way takes the place of the one that was, and speech goes on', async () => {
    const { a, b, x, y } = await connectPhones();
    engine.setRemote('x', towards(y, 'passive'));
    engine.setRemote('y', towards(x, 'active'));
    await isHeard(alice, a.port, bob, 0x11);
    const renewed = { x: engine.renewSecure('x'), y: engine.renewSecure('y') };
    if (renewed.x === undefined || renewed.y === undefined) throw new Error('none was ready');
    expect(renewed.x.secure?.userFragment).not.toBe(x.secure?.userFragment);
    engine.setRemote('x', towards(renewed.y, 'passive'));
    engine.setRemote('y', towards(renewed.x, 'active'));
    await isHeard(alice, a.port, bob, 0x33);
    await isHeard(bob, b.port, alice, 0x44);
  });

  test('a leg opened twice has one way, and one that is not open none to renew', async () => {
    const x = await engine.openSecure('x');
    expect(await engine.openSecure('x')).toBe(x);
    expect(engine.renewSecure('nobody')).toBeUndefined();
  });

  test('more at once than are prepared all get one', async () => {
    const legs = Array.from({ length: 12 }, (_, i) => `many-${i}`);
    const opened = await Promise.all(legs.map(async leg => engine.openSecure(leg)));
    expect(new Set(opened.map(one => one.secure?.userFragment)).size).toBe(12);
    for (const leg of legs) engine.close(leg);
  });

  test('descriptions that make no sense to the library harm nobody', async () => {
    const { a, b, x, y } = await connectPhones();
    const z = await engine.openSecure('z');
    const odd = { userFragment: '', password: '', candidates: ['garbage', '\u0000'] };
    engine.setRemote('z', towards(z, 'passive', odd));
    engine.setMedia('z', { type: 'none' });
    engine.setRemote('x', towards(y, 'passive'));
    engine.setRemote('y', towards(x, 'active'));
    await isHeard(alice, a.port, bob, 0x11);
    await isHeard(bob, b.port, alice, 0x22);
    engine.close('z');
  });
});

test('WRT-12 an engine without browsers refuses their legs and says why', async () => {
  const engine = createMediaEngine({ address: '127.0.0.1', warmSockets: 1, soundFolder: tmpdir() });
  await expect(engine.openSecure('x')).rejects.toThrow(
    'browser phones cannot be used: they are switched off',
  );
  await engine.stop();
});
