import { expect, test } from 'vitest';
import { createFakeCallManager } from '../call-manager/fake-call-manager.ts';
import { createVirtualClock } from '../clock/virtual-clock.ts';
import { createCallers } from '../people/callers.ts';
import { createRandomness } from '../random/randomness.ts';
import { createFindings } from './findings.ts';
import { legChecks } from './leg-check.ts';

const scene = () => {
  const clock = createVirtualClock();
  const findings = createFindings(clock.now, 'test');
  const callManager = createFakeCallManager({
    clock,
    latency: () => 1,
    picksUp: () => true,
    farEnds: {
      called: () => ({ type: 'ring', afterMilliseconds: 1 }),
      ringing() {},
      answered: leg => callers.answered(leg),
      hears: (leg, media) => callers.hears(leg, media),
      announced() {},
      transferAnswered() {},
      cleared: leg => callers.cleared(leg),
    },
  });
  const callers = createCallers({
    clock,
    random: createRandomness('one caller'),
    phones: callManager.phones,
    numbers: ['8001'],
    habits: { betweenCalls: 1_000, patience: 10_000_000, talk: 1_000, wrongNumber: 0 },
    note() {},
  });
  const link = callManager.attach({
    epoch: 1,
    after: null,
    listener: { attached() {}, report() {}, refused() {}, lost() {} },
  });
  while (callers.present.size === 0) clock.advance(1_000);
  callers.stop();
  const [leg = ''] = callers.present.keys();
  return { clock, findings, link, leg, checks: legChecks({ callManager, callers, findings }) };
};

test('SYS-15 a leg that is left over is seen', () => {
  const { checks, findings, leg } = scene();
  checks.atTheEnd();
  expect(findings.first).toContain(`SYS-15 leg ${leg} is left over`);
});

test('SYS-16 a caller who was answered and hears nothing for long is seen', () => {
  const { clock, checks, findings, link, leg } = scene();
  link.execute('1', { type: 'answer', leg, media: { type: 'play', sounds: [{ type: 'silence' }] } });
  clock.advance(10);
  for (let sample = 0; sample < 50; sample += 1) checks.sample();
  expect(findings.first).toContain('SYS-16');
});

test('a caller who hears music is well', () => {
  const { clock, checks, findings, link, leg } = scene();
  link.execute('1', {
    type: 'answer',
    leg,
    media: { type: 'play', sounds: [{ type: 'music', name: 'default' }] },
  });
  clock.advance(10);
  for (let sample = 0; sample < 50; sample += 1) checks.sample();
  expect(findings.first).toBeNull();
});
