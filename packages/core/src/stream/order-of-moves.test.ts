import { SessionState } from '@cordboard/contract';
import { expect, test } from 'vitest';
import { createDriver } from '../testing/driver.ts';

test('SYS-06 who retrieves an older call sees the newer one held before the older one has speech', () => {
  const driver = createDriver();
  driver.logOn(1);
  driver.ready(1);
  driver.arrive(1);
  driver.answered(driver.lastLeg());
  const [older] = driver.calls(1);
  driver.request(1, { method: 'makeCall', arguments: { number: '0891234567' } });
  driver.answered(driver.lastLeg());
  driver.answered(driver.lastLeg());
  const newer = driver.calls(1).findLast(each => each.ID !== older?.ID);
  expect(newer?.State).toBe(SessionState.Connected);
  const before = driver.calls(1).length;
  driver.request(1, { method: 'retrieveCall', arguments: { callId: older?.ID ?? 0 } });
  const moves = driver.calls(1).slice(before);
  expect(moves.map(each => [each.ID, each.State])).toEqual([
    [newer?.ID, SessionState.Held],
    [older?.ID, SessionState.Connected],
  ]);
});

test('SYS-06 who retrieves a held call on the phone has the other one held', () => {
  const driver = createDriver();
  driver.logOn(1);
  driver.ready(1);
  driver.arrive(1);
  const phone = driver.lastLeg();
  driver.answered(phone);
  const [older] = driver.calls(1);
  driver.request(1, { method: 'makeCall', arguments: { number: '0891234567' } });
  driver.answered(driver.lastLeg());
  driver.answered(driver.lastLeg());
  const newer = driver.calls(1).findLast(each => each.ID !== older?.ID);
  expect(newer?.State).toBe(SessionState.Connected);
  const before = driver.calls(1).length;
  driver.report({ type: 'retrieved', leg: phone });
  expect(
    driver
      .calls(1)
      .slice(before)
      .map(each => [each.ID, each.State]),
  ).toEqual([
    [newer?.ID, SessionState.Held],
    [older?.ID, SessionState.Connected],
  ]);
});
