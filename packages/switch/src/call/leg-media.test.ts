import { describe, expect, test } from 'vitest';
import type { LegMedia } from '../control/protocol.ts';
import { createSwitchBench, speech } from '../testing/switch-bench.ts';
import { maximumConference } from './perform.ts';

const conference = (name = 'x'): LegMedia => ({ type: 'conference', name });
const monitor = (of: string, whisper = false): LegMedia => ({ type: 'monitor', of, whisper });

/** A switch with a call from the trunk that is up, and calls to the trunk that are not answered. */
async function withLegs() {
  const bench = await createSwitchBench();
  const { perform, pass, engine, trunk, made } = bench;
  const up = await bench.callIn();
  perform({ type: 'answer', leg: up, media: { type: 'none' } });
  await pass();

  function dial(leg: string, media: LegMedia) {
    return perform({
      type: 'originate',
      leg,
      to: { uri: 'sip:1@192.0.2.9' },
      callerNumber: '',
      callerName: '',
      answering: 'phone',
      ringSeconds: 20,
      media,
    });
  }

  async function answer() {
    await pass();
    const invite = trunk.take('INVITE');
    const to = invite.headers.find(([name]) => name === 'to')?.[1] ?? '';
    trunk.respond(
      invite,
      200,
      [
        ['To', `${to};tag=phone`],
        ['Contact', '<sip:1@192.0.2.9:5060>'],
        ['Content-Type', 'application/sdp'],
      ],
      speech('sendrecv', 30_002),
    );
    await pass();
  }

  const set = (leg: string, media: LegMedia) => perform({ type: 'setMedia', leg, media });
  const inventory = () => made.control.inventory().legs;
  const heard = (leg: string) => engine.legs.get(leg)?.media;
  return { ...bench, up, dial, answer, set, inventory, heard };
}

describe('the media of a leg', () => {
  test('MED-44 a monitor of an unknown leg, or of itself, is refused and changes nothing', async () => {
    const { up, set, heard, dial } = await withLegs();
    expect(set(up, monitor('nobody'))).toBe('unknownLeg');
    expect(set(up, monitor(up))).toBe('badArgument');
    expect(dial('out', monitor('out'))).toBe('badArgument');
    expect(heard(up)).toEqual({ type: 'none' });
  });

  test('MED-44 a conference takes so many legs and no more; one of them may be asked again', async () => {
    const { up, set, dial, inventory } = await withLegs();
    for (let i = 0; i < maximumConference; i++) expect(dial(`leg-${i}`, conference())).toBeUndefined();
    expect(set(up, conference())).toBe('badArgument');
    expect(dial('one-more', conference())).toBe('badArgument');
    expect(inventory()).toHaveLength(1 + maximumConference);
    expect(set('leg-0', conference())).toBeUndefined();
    expect(set(up, conference('other'))).toBeUndefined();
    expect(set('leg-0', { type: 'none' })).toBeUndefined();
    expect(set(up, conference())).toBeUndefined();
  });

  test('MED-45 what a leg should hear before it is up begins when it is up', async () => {
    const { up, set, dial, answer, heard, inventory } = await withLegs();
    expect(dial('out', { type: 'none' })).toBeUndefined();
    expect(set('out', monitor(up, true))).toBeUndefined();
    expect(set('out', conference())).toBeUndefined();
    expect(heard('out')).toBeUndefined();
    expect(inventory().find(({ leg }) => leg === 'out')?.media).toEqual(conference());
    await answer();
    expect(heard('out')).toEqual(conference());
  });

  test('MED-45 a conference is left alone by what happens to others; who monitors a leg that goes has nobody to hear', async () => {
    const { up, set, dial, answer, heard, perform, inventory } = await withLegs();
    expect(dial('out', conference())).toBeUndefined();
    await answer();
    expect(dial('supervisor', monitor('out', true))).toBeUndefined();
    await answer();
    expect(set(up, conference())).toBeUndefined();
    expect(set(up, { type: 'none' })).toBeUndefined();
    expect(heard('out')).toEqual(conference());
    expect(heard('supervisor')).toEqual(monitor('out', true));
    perform({ type: 'clear', leg: 'out', cause: 'normal' });
    expect(heard('supervisor')).toEqual({ type: 'none' });
    expect(inventory().map(({ media }) => media.type)).toEqual(['none', 'none']);
  });

  test('MED-45 who goes into a conference leaves his partner in silence', async () => {
    const { up, set, dial, answer, heard } = await withLegs();
    expect(dial('out', { type: 'connected', with: up })).toBeUndefined();
    await answer();
    expect(heard(up)).toEqual({ type: 'connected', with: 'out' });
    set(up, conference());
    expect([heard(up), heard('out')]).toEqual([conference(), { type: 'none' }]);
    set('out', { type: 'connected', with: up });
    expect(heard(up)).toEqual({ type: 'connected', with: 'out' });
  });
});

describe('an announcement', () => {
  test('MED-44 is made to a leg that is up, and only there', async () => {
    const { up, perform, dial, engine } = await withLegs();
    dial('out', { type: 'none' });
    expect(perform({ type: 'announce', leg: 'nobody', sound: 'beep' })).toBe('unknownLeg');
    expect(perform({ type: 'announce', leg: 'out', sound: 'beep' })).toBe('wrongState');
    expect(perform({ type: 'announce', leg: up, sound: 'beep' })).toBeUndefined();
    expect(engine.legs.get(up)?.announced).toEqual(['beep']);
  });
});

describe('the pause of a recording', () => {
  test('MED-44 needs a recording, is a target state and is over with the recording', async () => {
    const { up, perform, inventory, engine } = await withLegs();
    const pause = (on: boolean) => perform({ type: 'pauseRecording', leg: up, on });
    const told = () => inventory()[0];
    expect(pause(true)).toBe('wrongState');
    perform({ type: 'startRecording', leg: up, file: 'a.wav' });
    expect(told()).not.toHaveProperty('recordingPaused');
    expect(pause(true)).toBeUndefined();
    expect(pause(true)).toBeUndefined();
    expect(told()).toMatchObject({ recording: true, recordingPaused: true });
    expect(engine.legs.get(up)?.recordingPaused).toBe(true);
    expect(pause(false)).toBeUndefined();
    expect(told()).not.toHaveProperty('recordingPaused');
    pause(true);
    perform({ type: 'stopRecording', leg: up });
    expect(told()).not.toHaveProperty('recordingPaused');
    expect(pause(true)).toBe('wrongState');
    perform({ type: 'startRecording', leg: up, file: 'b.wav' });
    expect(engine.legs.get(up)?.recordingPaused).toBe(false);
  });
});
