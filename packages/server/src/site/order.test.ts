import { expect, test } from 'vitest';
import { arrival, createBench, ready, settle, startTime } from './testing/site-bench.ts';

test('SIT-01 nothing is answered, published or asked of the call manager before it is in the journal', async () => {
  const bench = createBench();
  await bench.site.start();
  bench.journal.hold();
  const answers: unknown[] = [];
  void ready(bench, 1, 'r1').then(answer => answers.push(answer));
  bench.callManager.report(arrival('leg-1'), startTime);
  await settle();
  expect(bench.state().agents[1]?.ready).toBe(true);
  expect([answers, bench.published, bench.callManager.executed]).toEqual([[], [], []]);
  expect(bench.callManager.acknowledged?.seq).toBe(0);

  bench.journal.release();
  await settle();
  expect(answers).toEqual([{ ok: true, value: true }]);
  expect(bench.published.map(each => each.text)).toEqual([
    '{"seq":1,"event":"OnRegistrationStatus","values":[true]}',
  ]);
  expect(bench.callManager.executed.map(each => each.command.type)).toEqual(['alert', 'answer']);
  expect(bench.callManager.acknowledged).toEqual({ instance: 'first', seq: 1 });
  await bench.site.close();
});

test('SIT-02 what arrives while a commit is under way goes into the journal together, in order', async () => {
  const bench = createBench();
  await bench.site.start();
  bench.journal.hold();
  void ready(bench, 1, 'r0');
  await settle();
  const before = bench.journal.appends;
  for (let index = 1; index <= 50; index++) void ready(bench, 1, `r${index}`, index % 2 === 0);
  await settle();
  expect(bench.journal.appends).toBe(before);
  bench.journal.release();
  await settle();
  expect(bench.journal.appends).toBe(before + 1);
  expect(bench.published.map(each => each.seq)).toEqual(Array.from({ length: 51 }, (_, index) => index + 1));
  await bench.site.close();
});

test('SIT-02 a batch has a bound', async () => {
  const bench = createBench({ bounds: { batch: 10 } });
  await bench.site.start();
  for (let index = 0; index < 25; index++) void ready(bench, 1, `r${index}`);
  await settle();
  expect(bench.journal.rows.slice(1).map(row => row.last - row.after)).toEqual([10, 10, 5]);
  await bench.site.close();
});

test('SIT-03 a command carries site, step and place, and no two are the same', async () => {
  const bench = createBench();
  await bench.site.start();
  bench.callManager.report(arrival('leg-1'), startTime);
  bench.callManager.report(arrival('leg-2'), startTime);
  await settle();
  expect(bench.callManager.executed.map(each => each.id)).toEqual(['7:2:0', '7:2:1', '7:3:0', '7:3:1']);
  await bench.site.close();
});

test('SIT-04 a refusal changes nothing and is not journaled', async () => {
  const bench = createBench();
  await bench.site.start();
  await ready(bench, 1, 'r1');
  const rows = bench.journal.rows.length;
  expect(await ready(bench, 1, 'r1')).toEqual({ ok: true, value: true });
  expect(bench.journal.rows.length).toBe(rows);
  await bench.site.close();
});

test('SIT-05 more requests than the mailbox holds are refused as overloaded; a log-off is not', async () => {
  const bench = createBench({ bounds: { mailbox: 3 } });
  await bench.site.start();
  bench.journal.hold();
  void ready(bench, 1, 'first');
  await settle();
  for (let index = 0; index < 3; index++) void ready(bench, 1, `r${index}`);
  expect(await ready(bench, 1, 'late')).toEqual({ ok: false, refusal: { reason: 'overloaded' } });
  const leaving = bench.site.logOff(1);
  bench.journal.release();
  expect(await leaving).toEqual({ ok: true, value: null });
  await bench.site.close();
});

test('SIT-06 one timer is set for whatever is due next, and fires at its time', async () => {
  const bench = createBench();
  await bench.site.start();
  bench.callManager.report(arrival('leg-1'), startTime);
  await settle();
  bench.clock.advance(19_999);
  await settle();
  expect(bench.state().woken).toBe(0);
  bench.clock.advance(1);
  await settle();
  expect(bench.state().woken).toBe(1);
  expect(bench.state().wakeAt).toBeNull();
  await bench.site.close();
});
