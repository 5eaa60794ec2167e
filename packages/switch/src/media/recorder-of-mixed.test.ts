import { expect, test } from 'vitest';
import type { LegMedia } from '../control/protocol.ts';
import { eventually } from '../testing/eventually.ts';
import { amplitudeOf, sine } from './goertzel.ts';
import { codeSound } from './sound-library.ts';
import { createTestExchange, type TestExchange } from './test-exchange.ts';
import { readStereo } from './test-recording.ts';
import { type Talker, talk } from './test-talk.ts';

const voices = [400, 700, 1000, 1600];

async function recorded(all: TestExchange, path: string) {
  await eventually(() => expect(all.events.map(event => event.type)).toContain('recordingStopped'));
  return readStereo(all.files.get(path)?.bytes ?? Buffer.alloc(0));
}

/** The voices in these milliseconds of a side. */
function voicesBetween(side: Int16Array, from: number, to: number): number[] {
  const samples = side.subarray(8 * from, 8 * to);
  return voices.filter(hertz => amplitudeOf(samples, hertz) > 1000);
}

/** Agent (400 Hz) and customer (700), with the agent's leg recorded, and a supervisor (1000). */
function recordedCall(media: LegMedia, supervision: LegMedia) {
  const all = createTestExchange();
  const agent: Talker = { phone: all.phone('agent', media), hertz: 400 };
  const customer: Talker = { phone: all.phone('customer', media), hertz: 700 };
  if (media.type === 'none') all.exchange.setMedia('customer', { type: 'connected', with: 'agent' });
  const supervisor: Talker = { phone: all.phone('supervisor', supervision), hertz: 1000 };
  const everybody = [agent, customer, supervisor];
  all.exchange.startRecording('agent', 'call.wav');
  return { ...all, everybody };
}

test('MED-41 in a conference right is what the others say', async () => {
  const conference: LegMedia = { type: 'conference', name: 'x' };
  const all = recordedCall(conference, conference);
  talk(all.everybody, all.pass, 50);
  all.exchange.stopRecording('agent');
  const { left, right } = await recorded(all, 'call.wav');
  expect(voicesBetween(left, 200, 1000)).toEqual([400]);
  expect(voicesBetween(right, 200, 1000)).toEqual([700, 1000]);
});

test('MED-41 an announcement is recorded, a whisper is not', async () => {
  const all = recordedCall({ type: 'none' }, { type: 'monitor', of: 'agent', whisper: true });
  all.sounds.set('beep', codeSound(sine(1600, 2000, 1600)));
  talk(all.everybody, all.pass, 25);
  all.exchange.announce('agent', 'beep');
  talk(all.everybody, all.pass, 25, 25);
  all.exchange.stopRecording('agent');
  const { left, right } = await recorded(all, 'call.wav');
  expect(voicesBetween(left, 200, 1000)).toEqual([400]);
  expect(voicesBetween(right, 200, 480)).toEqual([700]);
  expect(voicesBetween(right, 520, 680)).toEqual([700, 1600]);
  expect(voicesBetween(right, 740, 1000)).toEqual([700]);
});

test.each(['connected', 'conference'])(
  'MED-40 nothing of a pause is in the file, not even its time: %s',
  async how => {
    const media: LegMedia = how === 'conference' ? { type: 'conference', name: 'x' } : { type: 'none' };
    const all = recordedCall(media, { type: 'none' });
    const [agent, customer, supervisor] = all.everybody as [Talker, Talker, Talker];
    const secret = [
      { ...agent, hertz: 1000 },
      { ...customer, hertz: 1600 },
    ];
    talk([agent, customer], all.pass, 25);
    all.exchange.pauseRecording('agent', true);
    talk(secret, all.pass, 100, 25);
    all.exchange.pauseRecording('agent', true);
    talk(secret, all.pass, 100, 125);
    // The last of it is still on its way to the mixed ear.
    talk([agent, customer], all.pass, 3, 225);
    all.exchange.pauseRecording('agent', false);
    all.exchange.pauseRecording('agent', false);
    talk([agent, customer], all.pass, 25, 228);
    all.exchange.stopRecording('agent');
    const { left, right } = await recorded(all, 'call.wav');
    expect(all.events).toContainEqual({ type: 'recordingStopped', leg: 'agent', milliseconds: 1000 });
    expect(left).toHaveLength(8000);
    expect(voicesBetween(left, 0, 1000)).toEqual([400]);
    expect(voicesBetween(right, 0, 1000)).toEqual([700]);
    for (const at of [100, 300, 600, 800]) {
      expect(voicesBetween(left, at, at + 100)).toEqual([400]);
      expect(voicesBetween(right, at, at + 100)).toEqual([700]);
    }
    expect(supervisor.phone.codes()).toEqual([0xff]);
  },
);

test('MED-40 a recording stopped during a pause ends where the pause began; one begun anew is not paused', async () => {
  const all = recordedCall({ type: 'none' }, { type: 'none' });
  talk(all.everybody, all.pass, 25);
  all.exchange.pauseRecording('agent', true);
  talk(all.everybody, all.pass, 100, 25);
  all.exchange.startRecording('agent', 'second.wav');
  const { left } = await recorded(all, 'call.wav');
  expect(left).toHaveLength(4000);
  talk(all.everybody, all.pass, 25, 125);
  all.exchange.stopRecording('agent');
  await eventually(() => expect(all.events).toHaveLength(2));
  const second = readStereo(all.files.get('second.wav')?.bytes ?? Buffer.alloc(0));
  expect(voicesBetween(second.left, 0, 500)).toEqual([400]);
  all.exchange.pauseRecording('agent', true);
  all.exchange.pauseRecording('nobody', true);
  expect(all.counters.unknownLegs).toBe(1);
});
