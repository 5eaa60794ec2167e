import { expect, test } from 'vitest';
import { type CrowdOptions, openCrowd } from './crowd.ts';
import { knownSounds } from './known-sounds.ts';
import { people } from './people.ts';
import { createRandom } from './random.ts';
import { createFakePhone, type FakeCall } from './testing/fake-phone.ts';
import { createVirtualTime } from './testing/virtual-time.ts';

const minute = 60_000;
const recording = Int16Array.from({ length: 160 }, (_, at) => 8_000 * Math.sin(at / 3));

/** Ten customers with fake phones. */
const open = async (options: Partial<CrowdOptions> = {}, unregistered: readonly string[] = []) => {
  const time = createVirtualTime();
  const phones = new Map(people.map(each => [each.extension, createFakePhone()]));
  for (const extension of unregistered) phones.set(extension, createFakePhone(503));
  const phoneOf = (extension: string) => {
    const phone = phones.get(extension);
    if (!phone) throw new Error(`no phone ${extension}`);
    return phone;
  };
  const lines: string[] = [];
  const crowd = await openCrowd({
    people,
    openPhone: async person => phoneOf(person.extension).phone,
    sounds: knownSounds([['music-default', recording]]),
    speech: async () => recording,
    random: createRandom(11),
    now: time.now,
    sleep: time.sleep,
    tell: line => lines.push(line),
    callsPerMinute: 6,
    mostAtOnce: 3,
    ...options,
  });
  const calls = (): FakeCall[] => [...phones.values()].flatMap(each => each.calls);
  const inCall = () => calls().filter(each => each.state !== 'ended').length;
  return { time, phones, phoneOf, lines, crowd, calls, inCall };
};

test('DEM-01 everybody registers, again and again, and tries again soon where that fails', async () => {
  const { time, phones, phoneOf } = await open({}, ['2004']);
  await time.pass(10 * 1_000);
  expect([...phones.values()].every(each => each.registrations > 0)).toBe(true);
  expect(phoneOf('2004').registrations).toBeGreaterThan(3);
  await time.pass(5 * minute);
  expect(phoneOf('2001').registrations).toBeGreaterThan(4);
});

test('DEM-01 somebody calls within seconds; never more at once than is allowed, and always somebody', async () => {
  const { time, calls, inCall } = await open();
  await time.pass(2_000);
  expect(calls()).toHaveLength(1);
  await time.pass(minute);
  for (let second = 0; second < 600; second++) {
    expect(inCall()).toBeLessThanOrEqual(3);
    await time.pass(1_000);
  }
  expect(calls().length).toBeGreaterThan(7);
});

test('DEM-01 when nobody is in a call any more the next one calls within seconds', async () => {
  const { time, calls, inCall } = await open({ callsPerMinute: 0.001 });
  await time.pass(5_000);
  expect(calls()).toHaveLength(1);
  for (const call of calls()) call.state = 'ended';
  await time.pass(10_000);
  expect(inCall()).toBe(1);
});

test('DEM-02 the same seed makes the same calls, another seed others', async () => {
  const linesOf = async (seed: number) => {
    const { time, lines } = await open({ random: createRandom(seed) });
    await time.pass(3 * minute);
    return lines;
  };
  const first = await linesOf(5);
  expect(await linesOf(5)).toEqual(first);
  expect(await linesOf(6)).not.toEqual(first);
});

test('DEM-05 who is called answers after some seconds and talks; who is in a call is busy', async () => {
  const { time, phoneOf } = await open({ people: people.slice(0, 1), callsPerMinute: 0.000_1 });
  await time.pass(minute);
  const phone = phoneOf('2001');
  for (const call of phone.calls) call.state = 'ended';
  await time.pass(1_000);
  const call = phone.ring();
  await time.pass(1_000);
  expect(call.state).toBe('ringing');
  const second = phone.ring();
  await time.pass(10_000);
  expect(second.rejectedWith).toBe(486);
  expect(call.state).toBe('up');
  expect(call.said.length).toBeGreaterThan(0);
});

test('who is in no reach of the registrar does not call', async () => {
  const { time, phones, calls } = await open();
  for (const phone of phones.values()) phone.status = 503;
  await time.pass(2 * minute);
  for (const call of calls()) call.state = 'ended';
  const before = calls().length;
  await time.pass(5 * minute);
  expect(calls()).toHaveLength(before);
});

test('DEM-06 when it ends everybody hangs up, takes his registration away, and is gone', async () => {
  const { time, crowd, phones, calls } = await open();
  await time.pass(minute);
  expect(calls().some(each => each.state === 'up')).toBe(true);
  await crowd.close();
  expect(calls().every(each => each.state === 'ended')).toBe(true);
  expect([...phones.values()].map(each => [each.registrations, each.closed])).toEqual(
    people.map(() => [0, true]),
  );
  const before = calls().length;
  await time.pass(5 * minute);
  expect(calls()).toHaveLength(before);
});
