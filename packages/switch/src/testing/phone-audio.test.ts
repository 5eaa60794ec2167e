import { describe, expect, test } from 'vitest';
import { aLawToLinear, goertzel, muLawToLinear, openPhoneAudio } from './phone-audio.ts';
import { until } from './until.ts';

describe('the ears of the test phone', () => {
  test('they know the corners of G.711', () => {
    expect([0x00, 0x80, 0xff, 0x7f].map(muLawToLinear)).toEqual([-32_124, 32_124, 0, -0]);
    expect([0x2a, 0xaa, 0xd5, 0x55].map(aLawToLinear)).toEqual([-32_256, 32_256, 8, -8]);
  });

  test('they hear a tone where it is and nothing beside it', () => {
    const tone = Array.from({ length: 4_000 }, (_, i) => 16_384 * Math.sin((2 * Math.PI * 600 * i) / 8_000));
    expect(goertzel(tone, 600)).toBeCloseTo(0.5, 2);
    expect(goertzel(tone, 1_000)).toBeLessThan(0.005);
    expect(goertzel([], 600)).toBe(0);
  });

  test.each([0, 8])(
    'two phones hear each other with payload type %i, tones and digits',
    async payloadType => {
      const [left, right] = await Promise.all([
        openPhoneAudio('127.0.0.1', 0),
        openPhoneAudio('127.0.0.1', 0),
      ]);
      const at = (port: number) => ({ address: '127.0.0.1', port, payloadType, telephoneEvent: 101 });
      left.setRemote(at(right.port));
      right.setRemote(at(left.port));
      left.setTone(600);
      expect(await right.level(600, 300)).toBeGreaterThan(0.15);
      expect(await right.level(900, 300)).toBeLessThan(0.01);
      await left.sendDigits('159D#');
      await until(() => right.digits === '159D#');
      left.setSending(false);
      await until(async () => (await right.level(600, 100)) === 0);
      left.close();
      right.close();
    },
  );

  test('they hear what is said, once and then silence, and speech ends with the call', async () => {
    const [left, right] = await Promise.all([openPhoneAudio('127.0.0.1', 0), openPhoneAudio('127.0.0.1', 0)]);
    left.setRemote({ address: '127.0.0.1', port: right.port, payloadType: 0, telephoneEvent: 101 });
    right.setRemote({ address: '127.0.0.1', port: left.port, payloadType: 0, telephoneEvent: 101 });
    const loud = muLawToLinear(0x90);
    const heard: number[] = [];
    right.listen((payload, payloadType) => {
      expect(payloadType).toBe(0);
      heard.push(muLawToLinear(payload[0] ?? 0));
    });
    await left.say(new Int16Array(480).fill(loud));
    await until(() => heard.at(-1) === 0 && heard.includes(loud));
    expect(heard.filter(sample => sample === loud)).toHaveLength(3);
    const unfinished = left.say(new Int16Array(80_000));
    left.close();
    right.close();
    await unfinished;
  });
});
