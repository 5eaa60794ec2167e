import { expect, test } from 'vitest';
import type { AttachOutcome } from './attached-stream.ts';
import { loadModel, takeSnapshot } from './model.ts';
import { arrival, createBench, ready, type SiteBench, settle, startTime } from './testing/site-bench.ts';
import { tallyCore } from './testing/tally-core.ts';

const rings = { items: 500, milliseconds: 180_000 };
const signal = new AbortController().signal;

const warnings = ({ log }: SiteBench) =>
  log.flatMap(({ level, text }) => (level === 'warning' ? [text] : []));

test('SIT-10 another writer: the state is dropped, the lease taken again, and the journal read again', async () => {
  const bench = createBench();
  await bench.site.start();
  await ready(bench, 1, 'r1');
  bench.journal.fenceNext();
  expect(await ready(bench, 1, 'r2', false)).toEqual({ ok: false, refusal: { reason: 'connectionLost' } });
  expect(await ready(bench, 1, 'r2', false)).toEqual({ ok: true, value: true });
  expect(bench.callManager.epochs).toEqual([1, 2]);
  expect(bench.published.map(each => each.seq)).toEqual([1, 2]);
  await bench.site.close();
});

test.each([{ outcome: 'written' as const }, { outcome: 'notWritten' as const }])(
  'SIT-11 an append of unknown outcome ($outcome) shows every item once, in order, and acts once',
  async ({ outcome }) => {
    const bench = createBench();
    await bench.site.start();
    await ready(bench, 1, 'r1');
    bench.memory.breakNextAppend(outcome);
    expect((await ready(bench, 1, 'r2', false)).ok).toBe(false);
    expect((await ready(bench, 1, 'r2', false)).ok).toBe(true);
    await ready(bench, 1, 'r3');
    expect(bench.published.map(each => each.text)).toEqual(
      [true, false, true].map((value, index) =>
        JSON.stringify({ seq: index + 1, event: 'OnRegistrationStatus', values: [value] }),
      ),
    );
    await bench.site.close();
  },
);

test('SIT-12 a lease that is lost while an append is under way does not wait for its answer', async () => {
  const bench = createBench();
  await bench.site.start();
  bench.journal.hold();
  const answer = ready(bench, 1, 'r1');
  await settle();
  bench.memory.expireLease();
  const other = await bench.memory.open({ signal });
  expect(await answer).toEqual({ ok: false, refusal: { reason: 'connectionLost' } });
  await other.close();
  bench.journal.release();
  expect((await ready(bench, 1, 'r1')).ok).toBe(true);
  await bench.site.close();
});

test('SIT-13 a report that came while the state was lost is asked for again and taken once', async () => {
  const bench = createBench();
  await bench.site.start();
  bench.journal.fenceNext();
  bench.callManager.report(arrival('leg-1'), startTime + 5);
  bench.callManager.report(arrival('leg-2'), startTime + 6);
  bench.callManager.inventory.legs = ['leg-1', 'leg-2'].map(leg => ({
    leg,
    direction: 'incoming',
    state: 'arriving',
    media: { type: 'none' },
    held: false,
    recording: false,
  }));
  await settle();
  await settle();
  expect(Object.keys(bench.state().legs)).toEqual(['leg-1', 'leg-2']);
  expect(bench.callManager.acknowledged).toEqual({ instance: 'first', seq: 2 });
  await bench.site.close();
});

test('SIT-14 what ended while no server was there has its true time', async () => {
  const first = createBench();
  await first.site.start();
  first.callManager.report(arrival('leg-1'), startTime);
  await settle();
  await first.site.close();
  const hungUp = { type: 'cleared', leg: 'leg-1', cause: 'normal', byRemote: true } as const;
  first.callManager.report(hungUp, startTime + 40_000);
  first.clock.advance(90_000);
  const second = createBench(first);
  await second.site.start();
  expect(second.state().legs['leg-1']?.endedAt).toBe(startTime + 40_000);
  await second.site.close();
});

test('SIT-15 a call manager that is another one than before has none of the earlier legs', async () => {
  const bench = createBench();
  await bench.site.start();
  bench.callManager.report(arrival('leg-1'), startTime);
  await settle();
  bench.clock.advance(10_000);
  bench.callManager.restart('second');
  await settle();
  expect(bench.state().legs['leg-1']?.endedAt).toBe(startTime + 10_000);
  bench.callManager.report(arrival('leg-2'), startTime + 11_000);
  await settle();
  expect(bench.state().legs['leg-2']).toBeDefined();
  expect(bench.callManager.acknowledged).toEqual({ instance: 'second', seq: 1 });
  await bench.site.close();
});

test('SIT-15 a call that came to the new call manager before it was attached goes on', async () => {
  const first = createBench();
  await first.site.start();
  first.callManager.report(arrival('old'), startTime);
  await settle();
  await first.site.close();
  first.clock.advance(5_000);
  first.callManager.restart('second');
  first.callManager.report(arrival('new'), startTime + 5_000);
  const leg = {
    leg: 'new',
    direction: 'incoming',
    state: 'arriving',
    held: false,
    recording: false,
  } as const;
  first.callManager.inventory.legs = [{ ...leg, media: { type: 'none' } }];
  const second = createBench(first);
  await second.site.start();
  expect(second.state().legs).toEqual({
    old: { arrivedAt: startTime, endedAt: startTime + 5_000 },
    new: { arrivedAt: startTime + 5_000, endedAt: null },
  });
  expect(second.state().instances).toEqual(['first', 'second']);
  await second.site.close();
});

test('SIT-16 agents wait until the call manager has told what happened meanwhile, but not for ever', async () => {
  const bench = createBench();
  bench.callManager.silent = true;
  const started = bench.site.start();
  const answer = ready(bench, 1, 'r1');
  await settle();
  expect(bench.site.status).toBe('reconciling');
  expect(bench.site.waiting).toBe(1);
  bench.clock.advance(10_000);
  await started;
  expect((await answer).ok).toBe(true);
  expect(warnings(bench)).toEqual(['the call manager is not there; the site serves agents without it']);
  await bench.site.close();
});

test('SIT-16 a call manager that is there is not missed after ten seconds', async () => {
  const bench = createBench();
  await bench.site.start();
  bench.clock.advance(10_000);
  expect(warnings(bench)).toEqual([]);
  await bench.site.close();
});

test('SIT-22 an application that attaches while a restarted server loads its state is there afterwards; the others are lost', async () => {
  const first = createBench();
  await first.site.start();
  for (const agentId of [1, 2]) {
    const client = `client-${agentId}`;
    await first.site.logOn({ agentId, extension: '', client });
    first.site.attachClient(agentId, client, () => undefined);
  }
  await settle();
  expect(first.state().agents).toMatchObject({ 1: { attached: true }, 2: { attached: true } });
  await first.site.close();

  const second = createBench(first);
  const outcomes: AttachOutcome[] = [];
  // before the journal is open, so before anybody knows who was attached
  second.site.attachClient(1, 'client-1', outcome => void outcomes.push(outcome));
  await second.site.start();
  await expect.poll(() => outcomes).toMatchObject([{ seq: 0 }]);
  expect(second.state().agents).toMatchObject({ 1: { attached: true }, 2: { attached: false } });
  await second.site.close();
});

test('SIT-17 commands go out only after the state was compared with what the call manager has', async () => {
  const bench = createBench();
  bench.callManager.silent = true;
  void bench.site.start();
  await settle();
  bench.callManager.report(arrival('leg-1'), startTime);
  await settle();
  expect(bench.callManager.executed).toEqual([]);
  bench.callManager.answer();
  await settle();
  bench.callManager.report(arrival('leg-2'), startTime);
  await settle();
  expect(bench.callManager.executed.map(each => each.command)).toMatchObject([
    { leg: 'leg-2' },
    { leg: 'leg-2' },
  ]);
  await bench.site.close();
});

test('SIT-18 a message on which the core fails is answered and left out; the others are decided as if it had not been', async () => {
  const bench = createBench();
  await bench.site.start();
  const before = ready(bench, 1, 'r1');
  const bad = bench.site.request(1, 'bad', { method: 'hangupActiveCall', arguments: {} });
  const after = ready(bench, 2, 'r2');
  expect(await bad).toMatchObject({ ok: false, refusal: { reason: 'notAvailable' } });
  expect([await before, await after]).toEqual([
    { ok: true, value: true },
    { ok: true, value: true },
  ]);
  expect(bench.published.map(each => [each.agentId, each.seq])).toEqual([
    [1, 1],
    [2, 1],
  ]);
  await bench.site.close();
});

test('SIT-18 a report on which the core fails is not asked for again', async () => {
  const bench = createBench();
  await bench.site.start();
  bench.callManager.report(arrival('leg-1', 'poison'), startTime);
  await settle();
  bench.callManager.report(arrival('leg-2'), startTime);
  await expect.poll(() => Object.keys(bench.state().legs)).toEqual(['leg-2']);
  expect(bench.callManager.epochs.length).toBe(2);
  await bench.site.close();
});

test('SIT-19 an originate that the call manager refuses ends its leg', async () => {
  const bench = createBench();
  await bench.site.start();
  bench.callManager.report(arrival('leg-1'), startTime);
  await settle();
  const command = {
    type: 'originate',
    leg: 'leg-1',
    to: { extension: '1001' },
    callerNumber: '',
    callerName: '',
    answering: 'phone',
    ringSeconds: 20,
    media: { type: 'none' },
  } as const;
  bench.callManager.refuse(command, 'notRegistered');
  await settle();
  expect(bench.state().legs['leg-1']?.endedAt).toBe(startTime);
  await bench.site.close();
});

test('SIT-19 a command that comes too late for its leg is nothing to warn of', async () => {
  const bench = createBench();
  await bench.site.start();
  const command = { type: 'setMedia', leg: 'leg-1', media: { type: 'none' } } as const;
  bench.callManager.refuse(command, 'unknownLeg');
  expect(warnings(bench)).toEqual([]);
  bench.callManager.refuse(command, 'badArgument');
  expect(warnings(bench)).toEqual(['the call manager refused a command']);
  await bench.site.close();
});

test('SIT-20 the journal replays to the same state, with and without a snapshot', async () => {
  const bench = createBench();
  await bench.site.start();
  for (let index = 0; index < 30; index++) {
    await ready(bench, 1 + (index % 3), `r${index}`, index % 2 === 0);
    bench.callManager.report(arrival(`leg-${index}`), startTime + index);
    bench.clock.advance(7);
  }
  await settle();
  await bench.site.close();
  const session = await bench.memory.open({ signal });
  const options = { rings, newStream: () => 'another' };
  const replayed = await loadModel(tallyCore, session, options);
  expect(replayed.state).toEqual(bench.state());
  await session.saveSnapshot(takeSnapshot(tallyCore, replayed));
  const restored = await loadModel(tallyCore, session, options);
  expect(restored.state).toEqual(bench.state());
  expect(restored.lineage).toEqual(replayed.lineage);
  expect(restored.last).toBe(replayed.last);
  await session.close();
});

test('SIT-21 a snapshot is written after many steps, and the next start reads it', async () => {
  const bench = createBench({ bounds: { snapshotSteps: 10 } });
  await bench.site.start();
  for (let index = 0; index < 25; index++) await ready(bench, 1, `r${index}`);
  await bench.site.close();
  const session = await bench.memory.open({ signal });
  expect((await session.snapshot())?.seq).toBeGreaterThanOrEqual(20);
  await session.close();
  const next = createBench(bench);
  await next.site.start();
  expect(next.state()).toEqual(bench.state());
  await next.site.close();
});
