import { expect, test } from 'vitest';
import type { LegMedia } from '../control/protocol.ts';
import { eventually } from '../testing/eventually.ts';
import { createTestExchange } from './test-exchange.ts';
import { readStereo } from './test-recording.ts';

const silent: LegMedia = { type: 'play', sounds: [{ type: 'silence' }] };
/** PCMU codes and their samples */
const a = { code: 0xce, sample: 988 };
const b = { code: 0x4e, sample: -988 };

const bytesOf = (all: ReturnType<typeof createTestExchange>, path: string) =>
  all.files.get(path)?.bytes ?? Buffer.alloc(0);

/** Milliseconds at which a side first and last has this sample. */
function span(side: Int16Array, sample: number): [number, number] {
  return [Math.round(side.indexOf(sample) / 8), Math.round(side.lastIndexOf(sample) / 8)];
}

async function stopped(all: ReturnType<typeof createTestExchange>, count = 1) {
  await eventually(() =>
    expect(all.events.filter(event => event.type === 'recordingStopped')).toHaveLength(count),
  );
  return all.events.find(event => event.type === 'recordingStopped');
}

test('MED-18 left is what the leg says, right what it hears, where it was said, with silence between', async () => {
  const all = createTestExchange();
  const alice = all.phone('a', silent);
  const bob = all.phone('b', { type: 'connected', with: 'a' });
  all.exchange.startRecording('a', 'call.wav');
  await eventually(() => expect(bytesOf(all, 'call.wav').length).toBe(44));
  alice.speak(a.code, 25);
  all.pass(1000);
  bob.speak(b.code, 25);
  all.pass(300);
  all.exchange.stopRecording('a');
  expect(await stopped(all)).toEqual({ type: 'recordingStopped', leg: 'a', milliseconds: 2300 });
  const { left, right } = readStereo(bytesOf(all, 'call.wav'));
  expect(left.length).toBe(2300 * 8);
  expect(span(left, a.sample)).toEqual([0, 500]);
  expect(left.indexOf(b.sample)).toBe(-1);
  expect(span(right, b.sample)).toEqual([1500, 2000]);
  expect(right.indexOf(a.sample)).toBe(-1);
  expect(all.files.get('call.wav')?.closed).toBe(true);
});

test('MED-18 a phone that begins anew with other numbers is recorded where it speaks', async () => {
  const all = createTestExchange();
  const alice = all.phone('a', silent);
  all.exchange.startRecording('a', 'call.wav');
  alice.speak(a.code, 10);
  all.pass(200);
  for (let i = 0; i < 10; i++) {
    all.exchange.setMedia('a', silent);
    alice.say({
      ssrc: 99,
      sequence: 700 + i,
      timestamp: 5_000_000 + 160 * i,
      payload: Buffer.alloc(160, b.code),
    });
    all.pass(20);
  }
  all.pass(500);
  all.exchange.stopRecording('a');
  await stopped(all);
  const { left } = readStereo(bytesOf(all, 'call.wav'));
  expect(span(left, a.sample)).toEqual([0, 200]);
  // The first packet of a new source is on probation.
  expect(span(left, b.sample)).toEqual([420, 600]);
});

test('MED-19 a recording cut off by a crash can be read as far as it is said to go', async () => {
  const all = createTestExchange();
  const alice = all.phone('a', silent);
  all.exchange.startRecording('a', 'call.wav');
  await eventually(() => expect(all.files.has('call.wav')).toBe(true));
  for (let second = 0; second < 10; second++) {
    alice.speak(a.code, 50);
    await eventually(() => expect(bytesOf(all, 'call.wav').length).toBeGreaterThan(32_000 * second));
    await new Promise(resolve => setImmediate(resolve));
  }
  const { left } = readStereo(bytesOf(all, 'call.wav'));
  expect(left.length).toBeGreaterThan(6 * 8000);
  expect(left.subarray(0, 6 * 8000).every(sample => sample === a.sample)).toBe(true);
});

test('MED-19 a file that exists is not touched: the recording ends at once with 0 ms and is counted', async () => {
  const all = createTestExchange();
  all.files.set('call.wav', { bytes: Buffer.from('mine'), closed: true });
  all.phone('a', silent);
  all.exchange.startRecording('a', 'call.wav');
  expect(await stopped(all)).toMatchObject({ milliseconds: 0 });
  expect(bytesOf(all, 'call.wav').toString()).toBe('mine');
  expect(all.counters.recordingsFailed).toBe(1);
  expect(all.exchange.recordings).toBe(0);
});

test('MED-18 closing the leg, and stopping the engine, complete the file', async () => {
  const all = createTestExchange();
  for (const id of ['a', 'b']) {
    all.phone(id, silent);
    all.exchange.startRecording(id, `${id}.wav`);
  }
  all.pass(1000);
  all.exchange.close('a');
  await all.exchange.stop();
  await stopped(all, 2);
  for (const path of ['a.wav', 'b.wav']) expect(readStereo(bytesOf(all, path)).left).toHaveLength(8000);
  expect(all.exchange.recordings).toBe(0);
});

test('MED-19 a recording that could not be made can be tried again under the same name', async () => {
  const all = createTestExchange();
  all.files.set('call.wav', { bytes: Buffer.from('mine'), closed: true });
  all.phone('a', silent);
  all.exchange.startRecording('a', 'call.wav');
  await stopped(all);
  all.files.delete('call.wav');
  all.exchange.startRecording('a', 'call.wav');
  all.pass(400);
  all.exchange.stopRecording('a');
  await stopped(all, 2);
  expect(all.events.at(-1)).toMatchObject({ milliseconds: 400 });
});

test('MED-19 when the disk refuses, the recording ends then and says how much there is', async () => {
  const all = createTestExchange();
  all.phone('a', silent);
  all.exchange.startRecording('a', 'call.wav');
  await eventually(() => expect(bytesOf(all, 'call.wav').length).toBe(44));
  all.pass(1000);
  await eventually(() => expect(bytesOf(all, 'call.wav').length).toBeGreaterThan(44));
  const file = all.files.get('call.wav');
  if (file) file.full = true;
  await eventually(() => {
    all.pass(500);
    expect(all.events).toHaveLength(1);
  });
  const milliseconds = (bytesOf(all, 'call.wav').length - 44) / 32;
  expect(all.events).toEqual([{ type: 'recordingStopped', leg: 'a', milliseconds, failed: true }]);
  all.exchange.stopRecording('a');
  await all.exchange.stop();
  expect(all.events).toHaveLength(1);
});
