import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import type { LegMedia } from './control/protocol.ts';
import { amplitudeOf, sine } from './media/goertzel.ts';
import { readStereo } from './media/test-recording.ts';
import { writeWav } from './media/wav.ts';
import type { PhoneCall } from './testing/phone.ts';
import { type SwitchProcess, startSwitchProcess } from './testing/switch-process.ts';
import { until } from './testing/until.ts';

const cleanups: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

const conference: LegMedia = { type: 'conference', name: 'consultation-1' };
const tones = { agent: 600, second: 1_000, third: 1_400 } as const;
type Name = keyof typeof tones;
const announced = 2_200;
const loud = 0.1;
const quiet = 0.01;

/** Three phones that answer, with legs named after their owners. The third speaks PCMA only. */
async function threePhones(media: LegMedia) {
  const made = await startSwitchProcess(['agent', 'second', 'third']);
  cleanups.push(() => made.close());
  await writeFile(join(made.folder, 'sounds', 'beep.wav'), writeWav(sine(announced, 8_000, 16_000)));
  const call = async (extension: Name): Promise<PhoneCall> => {
    const payloadTypes = extension === 'third' ? [8] : [0, 8];
    const phone = await made.phone(extension, {
      tone: tones[extension],
      whenCalled: 'answer',
      payloadTypes,
    });
    expect(await phone.register()).toBe(200);
    await made.send({
      type: 'originate',
      leg: extension,
      to: { extension },
      callerNumber: '5000',
      callerName: '',
      answering: 'phone',
      ringSeconds: 10,
      media,
    });
    const placed = await phone.nextCall();
    await made.seen('answered', extension);
    return placed;
  };
  const [agent, second, third] = [await call('agent'), await call('second'), await call('third')];
  return { made, agent, second, third };
}

const setMedia = (made: SwitchProcess, leg: Name, media: LegMedia) =>
  made.send({ type: 'setMedia', leg, media });

async function hears(call: PhoneCall, ...names: (Name | 'announcement')[]): Promise<void> {
  await until(async () => {
    const levels = await Promise.all(
      [...Object.entries(tones), ['announcement', announced] as const].map(
        async ([name, hertz]) => [name, await call.audio.level(hertz, 200)] as const,
      ),
    );
    return levels.every(([name, level]) =>
      names.some(expected => expected === name) ? level > loud : level < quiet,
    );
  });
}

describe('three phones at the switch process', () => {
  test('MED-30 MED-32 in a conference each hears the two others; when one hangs up they go on', async () => {
    const { agent, second, third } = await threePhones(conference);
    await Promise.all([
      hears(agent, 'second', 'third'),
      hears(second, 'agent', 'third'),
      hears(third, 'agent', 'second'),
    ]);
    second.hangUp();
    await second.waitFor('ended');
    await Promise.all([hears(agent, 'third'), hears(third, 'agent')]);
  });

  test('MED-35 MED-36 MED-39 one listens, whispers, barges in, and hears what is announced to him alone', async () => {
    const { made, agent, second, third } = await threePhones({ type: 'none' });
    await setMedia(made, 'agent', { type: 'connected', with: 'second' });
    await setMedia(made, 'third', { type: 'monitor', of: 'agent', whisper: false });
    await Promise.all([hears(third, 'agent', 'second'), hears(agent, 'second'), hears(second, 'agent')]);
    await setMedia(made, 'third', { type: 'monitor', of: 'agent', whisper: true });
    await Promise.all([hears(agent, 'second', 'third'), hears(second, 'agent')]);
    await setMedia(made, 'third', { type: 'monitor', of: 'agent', whisper: false });
    expect(await made.send({ type: 'announce', leg: 'agent', sound: 'beep' })).toMatchObject({ ok: true });
    await Promise.all([hears(agent, 'second', 'announcement'), hears(third, 'agent', 'second')]);
    await hears(agent, 'second');
    for (const leg of ['agent', 'second', 'third'] as const) await setMedia(made, leg, conference);
    await Promise.all([hears(agent, 'second', 'third'), hears(second, 'agent', 'third')]);
  });

  test('MED-40 MED-41 a recording in a conference has the others on the right, and nothing of its pause', async () => {
    const { made, agent, second, third } = await threePhones(conference);
    await hears(agent, 'second', 'third');
    const file = 'conference.wav';
    expect(await made.send({ type: 'startRecording', leg: 'agent', file })).toMatchObject({ ok: true });
    await hears(agent, 'second', 'third');
    expect(await made.send({ type: 'pauseRecording', leg: 'agent', on: true })).toMatchObject({ ok: true });
    agent.audio.setTone(announced);
    await Promise.all([hears(second, 'announcement', 'third'), hears(third, 'announcement', 'second')]);
    agent.audio.setTone(tones.agent);
    await hears(second, 'agent', 'third');
    expect(await made.send({ type: 'pauseRecording', leg: 'agent', on: false })).toMatchObject({ ok: true });
    await hears(agent, 'second', 'third');
    await made.send({ type: 'stopRecording', leg: 'agent' });
    const { milliseconds } = await made.seen('recordingStopped', 'agent');
    const { left, right } = readStereo(await readFile(join(made.folder, 'recordings', file)));
    expect(Math.round(left.length / 8)).toBe(milliseconds);
    // In short pieces: a tone begins anew behind the pause, and wherever a busy machine lost a packet.
    const levels = (side: Int16Array, hertz: number): number[] => {
      const pieces: number[] = [];
      for (let at = 0; at + 160 <= side.length; at += 160) {
        pieces.push(amplitudeOf(side.subarray(at, at + 160), hertz) / 32_768);
      }
      return pieces.sort((x, y) => x - y);
    };
    const median = (pieces: number[]) => pieces[pieces.length >> 1];
    expect(median(levels(left, tones.agent))).toBeGreaterThan(loud);
    expect(median(levels(right, tones.second))).toBeGreaterThan(loud);
    expect(median(levels(right, tones.third))).toBeGreaterThan(loud);
    expect(levels(left, announced).at(-1)).toBeLessThan(loud / 2);
    expect(levels(right, tones.agent).at(-1)).toBeLessThan(loud / 2);
  });

  test('MED-42 a phone in a conference that vanishes frees its leg, and the others go on', async () => {
    const made = await startSwitchProcess(['agent', 'second'], { rtpSilenceSeconds: 1 });
    cleanups.push(() => made.close());
    const calls: PhoneCall[] = [];
    for (const extension of ['agent', 'second'] as const) {
      const phone = await made.phone(extension, { tone: tones[extension], whenCalled: 'answer' });
      await phone.register();
      const call = { callerNumber: '5000', callerName: '', answering: 'phone', ringSeconds: 10 } as const;
      await made.send({ type: 'originate', leg: extension, to: { extension }, ...call, media: conference });
      calls.push(await phone.nextCall());
      await made.seen('answered', extension);
    }
    calls[0]?.audio.setSending(false);
    expect(await made.seen('cleared', 'agent')).toMatchObject({ cause: 'mediaTimeout' });
    expect(calls[1]?.state).toBe('up');
  });
});
