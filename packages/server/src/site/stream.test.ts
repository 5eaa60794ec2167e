import { expect, test } from 'vitest';
import type { AttachedStream } from './attached-stream.ts';
import { StreamRings } from './stream-rings.ts';
import { createBench, ready, type SiteBench } from './testing/site-bench.ts';
import { tallyCore } from './testing/tally-core.ts';

const attach = async (bench: SiteBench, agentId: number): Promise<AttachedStream | null> => {
  await bench.site.logOn({ agentId, extension: '1001', client: 'application' });
  return new Promise(resolve =>
    bench.site.attachClient(agentId, 'application', outcome =>
      resolve(typeof outcome === 'string' ? null : outcome),
    ),
  );
};

const numbers = (items: { seq: number }[] | null | undefined) => items?.map(each => each.seq);

test('SIT-30 a stream resumes after the last number seen', async () => {
  const bench = createBench();
  await bench.site.start();
  for (let index = 0; index < 5; index++) await ready(bench, 1, `r${index}`);
  const stream = await attach(bench, 1);
  expect(stream?.seq).toBe(5);
  expect(numbers(stream?.since(2))).toEqual([3, 4, 5]);
  expect(numbers(stream?.since(5))).toEqual([]);
  expect(stream?.since(6)).toBeNull();
  expect(stream?.since(-1)).toBeNull();
  await bench.site.close();
});

test('SIT-30 a number that is too old cannot be resumed from; the snapshot is as of the last item', async () => {
  const bench = createBench({ bounds: { rings: { items: 3, milliseconds: 180_000 } } });
  await bench.site.start();
  for (let index = 0; index < 12; index++) await ready(bench, 1, `r${index}`);
  const stream = await attach(bench, 1);
  expect(stream?.since(1)).toBeNull();
  expect(numbers(stream?.since(10))).toEqual([11, 12]);
  expect(stream?.snapshot.registered).toBe(true);
  await bench.site.close();
});

test('SIT-31 the stream goes on over a restart of the server, also when a snapshot lies between', async () => {
  const bench = createBench({ bounds: { snapshotSteps: 8 } });
  await bench.site.start();
  for (let index = 0; index < 10; index++) await ready(bench, 1, `r${index}`);
  const before = await attach(bench, 1);
  await bench.site.close();
  bench.clock.advance(30_000);
  const next = createBench(bench);
  await next.site.start();
  const after = await attach(next, 1);
  expect(after?.stream).toBe(before?.stream);
  expect(after?.since(4)?.map(each => each.text)).toEqual(before?.since(4)?.map(each => each.text));
  await next.site.close();
});

test('SIT-32 what an agent is told when he attaches fits exactly to what is published later', async () => {
  const bench = createBench();
  await bench.site.start();
  await bench.site.logOn({ agentId: 1, extension: '1001', client: 'application' });
  bench.journal.hold();
  void ready(bench, 1, 'r0');
  await new Promise(setImmediate);
  void ready(bench, 1, 'r1');
  const seen: number[] = [];
  bench.site.attachClient(1, 'application', stream => {
    seen.push(typeof stream === 'string' ? -1 : stream.seq, bench.published.length);
  });
  const last = ready(bench, 1, 'r2');
  bench.journal.release();
  await last;
  expect(seen).toEqual([2, 2]);
  expect(numbers(bench.published)).toEqual([1, 2, 3]);
  await bench.site.close();
});

test('SIT-33 old items are forgotten, by number and by age', () => {
  const rings = new StreamRings({ items: 4, milliseconds: 1000 });
  for (let seq = 1; seq <= 20; seq++)
    rings.push({ agentId: 1, seq, at: seq * 100, text: '', loggedOff: false });
  expect(rings.after(1, 16, 20)).not.toBeNull();
  expect(rings.after(1, 11, 20)).toBeNull();
  rings.forgetOld(2_850);
  expect(numbers(rings.after(1, 18, 20))).toEqual([19, 20]);
  expect(rings.after(1, 17, 20)).toBeNull();
  rings.forgetOld(99_000);
  expect(rings.after(1, 19, 20)).toBeNull();
  expect(rings.after(1, 20, 20)).toEqual([]);
});

test('SIT-34 only the client of the last logon can attach', async () => {
  const bench = createBench();
  await bench.site.start();
  expect(await attach(bench, 1)).not.toBeNull();
  await bench.site.logOn({ agentId: 1, extension: '1001', client: 'another' });
  const stale = await new Promise(resolve => bench.site.attachClient(1, 'application', resolve));
  expect(stale).toBe('stale');
  await bench.site.close();
});

test('SIT-34 a client that cannot attach now is told so, and may try again', async () => {
  const bench = createBench();
  await bench.site.start();
  await bench.site.logOn({ agentId: 1, extension: '1001', client: 'application' });
  bench.journal.fenceNext();
  expect(await new Promise(resolve => bench.site.attachClient(1, 'application', resolve))).toBe('notNow');
  expect(await attach(bench, 1)).not.toBeNull();
  await bench.site.close();
});

test('SIT-35 who was attached to a server that is gone is not attached to the next', async () => {
  const bench = createBench();
  await bench.site.start();
  await attach(bench, 1);
  expect(tallyCore.attached(bench.state())).toEqual([1]);
  await bench.site.close();
  const next = createBench(bench);
  await next.site.start();
  await ready(next, 2, 'r1');
  expect(tallyCore.attached(next.state())).toEqual([]);
  await next.site.close();
});

test('SIT-35 that an application is gone is not forgotten when the state is lost', async () => {
  const bench = createBench();
  await bench.site.start();
  await attach(bench, 1);
  bench.journal.fenceNext();
  bench.site.loseClient(1, 'application');
  await expect.poll(() => tallyCore.attached(bench.state())).toEqual([]);
  await bench.site.close();
});
