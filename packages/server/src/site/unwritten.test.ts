import { expect, test } from 'vitest';
import { arrival, createBench, ready, settle, startTime } from './testing/site-bench.ts';

const hungUp = (leg: string) => ({ type: 'cleared', leg, cause: 'normal', byRemote: true }) as const;

/** A site with one leg, so that its end is a step from which nothing follows. */
const withLeg = async () => {
  const bench = createBench();
  await bench.site.start();
  bench.callManager.report(arrival('leg-1'), startTime);
  await settle();
  return { bench, appends: bench.journal.appends };
};

test('SIT-23 a step that nobody waits for goes into the journal with the next one that matters, before it', async () => {
  const { bench, appends } = await withLeg();
  bench.callManager.report(hungUp('leg-1'), startTime);
  await settle();
  expect(bench.state().legs['leg-1']?.endedAt).toBe(startTime);
  expect(bench.journal.appends).toBe(appends);
  await ready(bench, 1, 'r1');
  expect(bench.journal.appends).toBe(appends + 1);
  const last = bench.journal.rows.at(-1);
  expect((last?.last ?? 0) - (last?.after ?? 0)).toBe(2);
  await bench.site.close();
});

test('SIT-23 alone it goes after 20 ms, and the call manager may forget its report only then', async () => {
  const { bench, appends } = await withLeg();
  bench.callManager.report(hungUp('leg-1'), startTime);
  await settle();
  bench.clock.advance(19);
  await settle();
  expect([bench.journal.appends, bench.callManager.acknowledged?.seq]).toEqual([appends, 1]);
  bench.clock.advance(1);
  await settle();
  expect([bench.journal.appends, bench.callManager.acknowledged?.seq]).toEqual([appends + 1, 2]);
  await bench.site.close();
});

test('SIT-23 where the state is lost before, the report comes again and counts once', async () => {
  const { bench } = await withLeg();
  bench.callManager.report(hungUp('leg-1'), startTime);
  await settle();
  bench.journal.fenceNext();
  expect((await ready(bench, 1, 'r1', false)).ok).toBe(false);
  expect((await ready(bench, 1, 'r2')).ok).toBe(true);
  expect(bench.state().legs['leg-1']?.endedAt).toBe(startTime);
  bench.clock.advance(20);
  await settle();
  expect(bench.callManager.acknowledged?.seq).toBe(2);
  await bench.site.close();
});

test('SIT-23 a lost application that was not written down is lost after a reload too', async () => {
  const bench = createBench();
  await bench.site.start();
  await bench.site.logOn({ agentId: 1, extension: '', client: 'client-1' });
  bench.site.attachClient(1, 'client-1', () => undefined);
  await settle();
  bench.site.loseClient(1, 'client-1');
  await settle();
  expect(bench.state().agents[1]?.attached).toBe(false);
  bench.journal.fenceNext();
  await ready(bench, 2, 'r1');
  await ready(bench, 2, 'r2');
  expect(bench.state().agents[1]?.attached).toBe(false);
  await bench.site.close();
});

test('SIT-23 a site that closes writes what waits', async () => {
  const { bench, appends } = await withLeg();
  bench.callManager.report(hungUp('leg-1'), startTime);
  await settle();
  await bench.site.close();
  expect(bench.journal.appends).toBe(appends + 1);
});
