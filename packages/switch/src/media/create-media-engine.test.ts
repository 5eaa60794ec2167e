import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { eventually } from '../testing/eventually.ts';
import { createMediaEngine } from './create-media-engine.ts';
import { type MediaEngine, type MediaEvent, NoPortFree, type RemoteMedia } from './engine.ts';
import { openTestPhone, rtp, type TestPhone } from './test-phone.ts';
import { writeWav } from './wav.ts';

const at = (port: number): RemoteMedia => ({
  address: '127.0.0.1',
  port,
  payloadType: 0,
  telephoneEvent: 101,
  direction: 'sendrecv',
});

describe('the media engine with real sockets', () => {
  let folder: string;
  let engine: MediaEngine;
  let events: MediaEvent[];
  let alice: TestPhone;
  let bob: TestPhone;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'media-'));
    await writeFile(join(folder, 'beep.wav'), writeWav(new Int16Array(800).fill(8000)));
    engine = createMediaEngine({ address: '127.0.0.1', warmSockets: 4, soundFolder: folder });
    events = [];
    engine.onEvent(event => events.push(event));
    alice = await openTestPhone();
    bob = await openTestPhone();
  });

  afterEach(async () => {
    alice.close();
    bob.close();
    await engine.stop();
    await rm(folder, { recursive: true });
  });

  test('MED-22 a leg gets an even port, and the same one when it is opened again', async () => {
    const first = await engine.open('a');
    expect(first.address).toBe('127.0.0.1');
    expect(first.port % 2).toBe(0);
    expect(await engine.open('a')).toEqual(first);
    expect((await engine.open('b')).port).not.toBe(first.port);
  });

  test('MED-22 more legs than warm sockets all get a port of their own', async () => {
    const opened = await Promise.all(Array.from({ length: 20 }, async (_, i) => engine.open(`leg-${i}`)));
    expect(new Set(opened.map(one => one.port)).size).toBe(20);
  });

  test('MED-14 what one phone of two connected says, the other hears, both ways', async () => {
    const a = await engine.open('a');
    const b = await engine.open('b');
    engine.setRemote('a', at(alice.port));
    engine.setRemote('b', at(bob.port));
    engine.setMedia('a', { type: 'connected', with: 'b' });
    await engine.stats();
    const hello = Buffer.alloc(160, 0x11);
    const hi = Buffer.alloc(160, 0x22);
    alice.send(rtp({ sequence: 1, timestamp: 160, payload: hello }), a.port);
    bob.send(rtp({ sequence: 900, timestamp: 8000, payload: hi }), b.port);
    await eventually(() => {
      expect(bob.heard.some(packet => packet.payload.equals(hello))).toBe(true);
      expect(alice.heard.some(packet => packet.payload.equals(hi))).toBe(true);
    });
  });

  test('MED-10 a file is played to its end and the end is told', async () => {
    await engine.open('a');
    engine.setMedia('a', { type: 'play', sounds: [{ type: 'file', name: 'beep' }] });
    engine.setRemote('a', at(alice.port));
    await eventually(() => expect(events).toContainEqual({ type: 'playEnded', leg: 'a' }));
    const loud = alice.heard.filter(packet => packet.payload[0] !== 0xff);
    expect(loud).toHaveLength(5);
  });

  test('MED-18 a recording is a stereo WAV for its owner alone, and its end is told', async () => {
    const a = await engine.open('a');
    engine.setRemote('a', at(alice.port));
    engine.setMedia('a', { type: 'play', sounds: [{ type: 'silence' }] });
    const path = join(folder, 'call.wav');
    engine.startRecording('a', path);
    await engine.stats();
    for (let i = 0; i < 5; i++) alice.send(rtp({ sequence: i, timestamp: 160 * i }), a.port);
    await eventually(() => expect(alice.heard.length).toBeGreaterThan(10));
    engine.stopRecording('a');
    await eventually(() => expect(events.map(event => event.type)).toContain('recordingStopped'));
    const stopped = events.find(event => event.type === 'recordingStopped');
    const file = await readFile(path);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(stopped).toEqual({
      type: 'recordingStopped',
      leg: 'a',
      milliseconds: Math.round((file.length - 44) / 32),
    });
    expect(file.readUInt16LE(22)).toBe(2);
  });

  test('MED-22 a leg opened twice while no port is ready gets one, and one closed meanwhile none', async () => {
    const cold = createMediaEngine({ address: '127.0.0.1', warmSockets: 1, soundFolder: folder });
    const [first, second, closed] = [cold.open('a'), cold.open('a'), cold.open('b')];
    cold.close('b');
    await expect(closed).rejects.toThrow('closed');
    expect(await first).toEqual(await second);
    expect(await cold.open('a')).toEqual(await first);
    await eventually(async () => expect(await cold.stats()).toMatchObject({ legs: 1, unknownLegs: 0 }));
    await cold.stop();
  });

  test('MED-22 when the range is used up, opening is refused and the open legs go on', async () => {
    const small = createMediaEngine({
      address: '127.0.0.1',
      ports: { from: alice.port & ~1, to: alice.port & ~1 },
      warmSockets: 1,
      soundFolder: folder,
    });
    const results = await Promise.allSettled([small.open('a'), small.open('b')]);
    const refused = results.filter(result => result.status === 'rejected');
    expect(refused.length).toBeGreaterThan(0);
    for (const one of refused) expect(one.reason).toBeInstanceOf(NoPortFree);
    expect((await small.stats()).ticks).toBeGreaterThanOrEqual(0);
    await small.stop();
  });

  test('MED-22 a port given back is used again, and nothing of its last leg is left', async () => {
    const a = await engine.open('a');
    engine.setRemote('a', at(alice.port));
    engine.close('a');
    await engine.stats();
    alice.send(rtp({ sequence: 1, timestamp: 0 }), a.port);
    await eventually(async () => expect((await engine.stats()).dropped.noLeg).toBe(1));
    expect((await engine.stats()).legs).toBe(0);
  });

  test('MED-06 MED-08 digits go both ways over the socket', async () => {
    const a = await engine.open('a');
    engine.setRemote('a', at(alice.port));
    engine.setMedia('a', { type: 'play', sounds: [{ type: 'silence' }] });
    engine.sendDigits('a', '5');
    await eventually(() => expect(alice.heard.filter(packet => packet.payloadType === 101)).toHaveLength(7));
    for (let i = 0; i < 3; i++) {
      const payload = Buffer.of(11, 0x8a, 3, 32);
      alice.send(rtp({ payloadType: 101, sequence: i, timestamp: 800, payload }), a.port);
    }
    alice.send(rtp({ sequence: 3, timestamp: 1600 }), a.port);
    await eventually(async () => expect((await engine.stats()).packetsReceived).toBe(4));
    expect(events).toEqual([{ type: 'digit', leg: 'a', digit: '#' }]);
  });

  test('MED-11 MED-16 music is heard, not while the phone is on hold, and afterwards in the same stream', async () => {
    await writeFile(join(folder, 'music-default.wav'), writeWav(new Int16Array(1600).fill(4000)));
    await engine.open('a');
    engine.setRemote('a', at(alice.port));
    engine.setMedia('a', { type: 'play', sounds: [{ type: 'music', name: 'default' }] });
    const music = () => alice.heard.filter(packet => packet.payload[0] !== 0xff);
    await eventually(() => expect(music().length).toBeGreaterThan(12));
    engine.setRemote('a', { ...at(alice.port), direction: 'inactive' });
    await engine.stats();
    const { packetsSent: sent, ticks } = await engine.stats();
    await eventually(async () => expect((await engine.stats()).ticks).toBeGreaterThan(ticks + 3));
    expect((await engine.stats()).packetsSent).toBe(sent);
    engine.setRemote('a', at(alice.port));
    await eventually(() => expect(alice.heard.length).toBeGreaterThan(sent));
    const [last, next] = [alice.heard[sent - 1], alice.heard[sent]];
    expect(next?.sequence).toBe(((last?.sequence ?? 0) + 1) & 0xffff);
    expect(next?.ssrc).toBe(last?.ssrc);
  });

  test('MED-17 a phone that says nothing is told to be silent', async () => {
    const impatient = createMediaEngine({ address: '127.0.0.1', soundFolder: folder, silentSeconds: 0.2 });
    impatient.onEvent(event => events.push(event));
    await impatient.open('a');
    impatient.setRemote('a', at(alice.port));
    impatient.setMedia('a', { type: 'none' });
    await eventually(() => expect(events).toEqual([{ type: 'silent', leg: 'a' }]));
    await impatient.stop();
  });

  test('MED-02 MED-03 MED-21 strangers, noise and a flood end nothing: the two go on speaking', async () => {
    const a = await engine.open('a');
    await engine.open('b');
    engine.setRemote('a', at(alice.port));
    engine.setRemote('b', at(bob.port));
    engine.setMedia('a', { type: 'connected', with: 'b' });
    await engine.stats();
    alice.send(rtp({ sequence: 0, timestamp: 0 }), a.port);
    await eventually(() => expect(bob.heard.length).toBe(1));
    const stranger = await openTestPhone();
    stranger.send(rtp({ sequence: 1, timestamp: 160, ssrc: 7 }), a.port);
    for (const noise of [Buffer.alloc(1), Buffer.alloc(60_000, 0x80), Buffer.alloc(172)])
      alice.send(noise, a.port);
    for (let i = 0; i < 500; i++) alice.send(rtp({ sequence: i, timestamp: 160 * i }), a.port);
    await eventually(async () => {
      const { dropped } = await engine.stats();
      expect(dropped).toMatchObject({ foreign: 1, malformed: 1, huge: 1, version: 1 });
      expect(dropped.flood).toBeGreaterThan(0);
    });
    await eventually(() => {
      alice.send(rtp({ sequence: 501, timestamp: 160 * 501, payload: Buffer.alloc(160, 0x12) }), a.port);
      expect(bob.heard.some(packet => packet.payload[0] === 0x12)).toBe(true);
    });
    stranger.close();
  });

  test('the death of the thread is told once; then nothing is promised any more', async () => {
    const failing = createMediaEngine({ address: '127.0.0.1', soundFolder: folder });
    const failures: Error[] = [];
    failing.onFailure(error => failures.push(error));
    await failing.open('a');
    failing.sendDigits('a', undefined as never);
    await eventually(() => expect(failures).toHaveLength(1));
    await expect(failing.open('b')).rejects.toThrow();
    await expect(failing.stats()).rejects.toThrow();
    await failing.stop();
    expect(failures).toHaveLength(1);
  });

  test('an engine that was stopped opens nothing and tells no failure', async () => {
    const stopped = createMediaEngine({ address: '127.0.0.1', soundFolder: folder });
    stopped.onFailure(error => expect.fail(error.message));
    await stopped.stop();
    await stopped.stop();
    await expect(stopped.open('a')).rejects.toThrow();
  });
});
