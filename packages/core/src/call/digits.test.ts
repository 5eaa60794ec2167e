import { expect, test } from 'vitest';
import { createDriver } from '../testing/driver.ts';

test('CAL-80 digits go to the other party of the active call', () => {
  const site = createDriver();
  const { caller } = site.talk(1);
  expect(site.request(1, { method: 'enterDtmfActiveCall', arguments: { digits: '12*#,abcd' } })).toEqual({
    ok: true,
    value: true,
  });
  expect(site.commands.at(-1)).toEqual({ type: 'sendDigits', leg: caller, digits: '12*#,ABCD' });
});

test.each(['', 'E', '1 2', '1\n'])('CAL-81 other characters are refused: %j', digits => {
  const site = createDriver();
  site.talk(1);
  expect(site.request(1, { method: 'enterDtmfActiveCall', arguments: { digits } })).toEqual({
    ok: false,
    refusal: { reason: 'invalidDigits' },
  });
});

test('CAL-82 digits need an active call, and a connected one', () => {
  const site = createDriver();
  site.logOn(1);
  const send = () => site.request(1, { method: 'enterDtmfActiveCall', arguments: { digits: '1' } });
  expect(send()).toMatchObject({ refusal: { reason: 'noActiveCall' } });
  site.request(1, { method: 'makeCall', arguments: { number: '77' } });
  expect(send()).toMatchObject({ refusal: { reason: 'notConnected' } });
});
