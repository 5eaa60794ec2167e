import { expect, test } from 'vitest';
import { planAnswer, planCall } from './plan.ts';
import { createRandom } from './random.ts';

const random = createRandom(5);
const plans = Array.from({ length: 600 }, () => planCall(random));
const of = (number: string) => plans.filter(each => each.number === number);

test('DEM-02 customers call Sales most, then Support, then the menu; some press a wrong digit first', () => {
  expect(new Set(plans.map(each => each.number))).toEqual(new Set(['700', '701', '702']));
  expect(of('700').length).toBeGreaterThan(of('701').length);
  expect(of('701').length).toBeGreaterThan(of('702').length);
  expect(of('700').every(each => each.menuDigits.length === 0)).toBe(true);
  expect(new Set(of('702').map(each => each.menuDigits.join(' ')))).toEqual(
    new Set(['1', '2', '7 1', '7 2']),
  );
});

test('DEM-02 every caller has his patience and his time to talk; a quarter talks until the other hangs up', () => {
  for (const { patienceSeconds, talkSeconds } of plans) {
    expect(patienceSeconds).toBeGreaterThanOrEqual(75);
    expect(patienceSeconds).toBeLessThan(240);
    if (talkSeconds === null) continue;
    expect(talkSeconds).toBeGreaterThanOrEqual(20);
    expect(talkSeconds).toBeLessThan(90);
  }
  const endless = plans.filter(each => each.talkSeconds === null).length;
  expect(endless).toBeGreaterThan(100);
  expect(endless).toBeLessThan(200);
});

test('only who waits for Support can take the offer to be called back', () => {
  expect(plans.some(each => each.takesCallback)).toBe(true);
  for (const plan of plans.filter(each => each.takesCallback))
    expect(plan.number === '701' || plan.menuDigits.at(-1) === '2').toBe(true);
});

test('who is called has no menu before him and a code of four digits', () => {
  const plan = planAnswer(random);
  expect(plan.menuDigits).toEqual([]);
  expect(plan.code).toMatch(/^\d{4}$/);
});
