import { expect, test } from 'vitest';
import { encode, FRAME } from './g711.ts';
import { createRtpPacket } from './rtp.ts';
import { createVoice, putVoice, stepVoice, type Voice } from './voice.ts';

/** Puts the `index`-th packet, whose samples all have the code of its number (1 to 20, then again). */
function put(voice: Voice, index: number, length = FRAME, generation = 1, overtaken = false): void {
  const packet = Buffer.alloc(length, encode(Int16Array.of(1000 * (((index - 1) % 20) + 1)), 'ulaw')[0]);
  const timestamp = (0xffff_ff00 + length * index) >>> 0;
  const header = { ...createRtpPacket(), timestamp, start: 0, end: length };
  putVoice(voice, packet, header, 'ulaw', generation, overtaken);
}

/** The packet that the next frame is of; 0: silence. */
function next(voice: Voice): number {
  stepVoice(voice);
  if (!voice.present) return 0;
  const first = Math.round((voice.frame[0] ?? 0) / 1000);
  const last = Math.round((voice.frame[FRAME - 1] ?? 0) / 1000);
  return first === last ? first : Number.NaN;
}

test('MED-34 packets in time are heard one frame later, in order, also where timestamps wrap', () => {
  const voice = createVoice();
  const heard = [1, 2, 3, 4, 5].map(index => {
    put(voice, index);
    return next(voice);
  });
  expect(heard).toEqual([0, 1, 2, 3, 4]);
});

test('MED-34 packets that come in the wrong order or twice are heard in the right one', () => {
  const voice = createVoice();
  put(voice, 1);
  expect(next(voice)).toBe(0);
  put(voice, 3);
  for (const index of [2, 3]) put(voice, index, FRAME, 1, true);
  expect([next(voice), next(voice), next(voice), next(voice)]).toEqual([1, 2, 3, 0]);
});

test('MED-34 a lost packet is 20 ms of silence and what follows is in its place', () => {
  const voice = createVoice();
  put(voice, 1);
  put(voice, 3);
  expect([next(voice), next(voice), next(voice), next(voice)]).toEqual([0, 1, 0, 3]);
});

test('MED-34 packets of 10, 30 and 60 ms are heard without a gap', () => {
  for (const length of [80, 240, 480]) {
    const voice = createVoice();
    let sent = 0;
    const silent: number[] = [];
    for (let tick = 0; tick < 60; tick++) {
      while (sent * length <= tick * FRAME) put(voice, ++sent, length);
      stepVoice(voice);
      if (voice.frame.some(sample => sample === 0) || !voice.present) silent.push(tick);
    }
    expect(silent.filter(tick => tick > 5)).toEqual([]);
  }
});

test('MED-34 who comes too late is heard from then on with more distance, and not lost again', () => {
  const voice = createVoice();
  const heard: number[] = [];
  let sent = 0;
  for (let tick = 0; tick < 20; tick++) {
    // from the 6th on everything comes 40 ms later
    if (tick < 6 || tick >= 8) put(voice, ++sent);
    heard.push(next(voice));
  }
  expect(heard.slice(0, 7)).toEqual([0, 1, 2, 3, 4, 5, 6]);
  expect(heard.slice(9)).toEqual([7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17]);
});

test('MED-34 a distance that is not needed any more is given up', () => {
  const voice = createVoice();
  let sent = 0;
  const step = () => {
    put(voice, ++sent);
    return next(voice);
  };
  for (let i = 0; i < 5; i++) step();
  // a burst of what a network had held back
  for (let i = 0; i < 6; i++) put(voice, ++sent);
  step();
  const before = voice.end - voice.next;
  for (let i = 0; i < 110; i++) step();
  expect(before).toBeGreaterThan(5 * FRAME);
  expect(voice.end - voice.next).toBeLessThanOrEqual(3 * FRAME);
});

test('MED-34 a stream that begins anew, or far away, is heard at once and nothing old with it', () => {
  const voice = createVoice();
  for (const index of [1, 2, 3]) put(voice, index);
  stepVoice(voice);
  put(voice, 9, FRAME, 2);
  expect([next(voice), next(voice), next(voice)]).toEqual([0, 9, 0]);
  put(voice, 20_009, FRAME, 2);
  expect([next(voice), next(voice)]).toEqual([0, 9]);
  const back = [5, 6, 7].map(index => {
    put(voice, index, FRAME, 2);
    return next(voice);
  });
  expect(back).toEqual([0, 5, 6]);
});

test('MED-34 a phone whose clock is faster or slower than ours is heard without end', () => {
  for (const length of [19.98, 20.02]) {
    const voice = createVoice();
    let silence = 0;
    let sent = 0;
    for (let tick = 0; tick < 20_000; tick++) {
      while (sent * length <= tick * 20) put(voice, ++sent);
      stepVoice(voice);
      if (!voice.present) silence++;
    }
    // 1,000 ppm is more than any phone's fault, and one frame in 1,000; a correction costs a frame or two
    expect(silence).toBeLessThan(20_000 * 0.003);
    expect(voice.end - voice.next).toBeLessThanOrEqual(4 * FRAME);
  }
});

test('MED-34 of stalls that are caught up nothing is lost: packets and ticks both come in bursts', () => {
  const voice = createVoice();
  const heard: number[] = [];
  let sent = 0;
  for (const burst of [1, 7, 1, 9, 3, 7]) {
    for (let i = 0; i < burst; i++) put(voice, ++sent);
    for (let i = 0; i < burst; i++) heard.push(next(voice));
  }
  expect(heard).toEqual([0, ...Array.from({ length: sent - 1 }, (_, i) => (i % 20) + 1)]);
});
