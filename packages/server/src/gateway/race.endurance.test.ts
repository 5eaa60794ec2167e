import { expect, test } from 'vitest';
import type { Application } from './testing/gateway-bench.ts';
import { openVoiceBench, pick, type VoiceBench } from './testing/voice-bench.ts';

const agents = 100;
const calls = 1_000;
/** one winner in so many is killed while the call rings at him */
const killed = 50;

const originated = (bench: VoiceBench): string =>
  bench.callManager.executed.findLast(({ command }) => command.type === 'originate')?.command.leg ?? '';

/** All ask at once, each over his own WebSocket, in an order that is another one each time; those who got it. */
async function race(applications: readonly Application[], id: number, round: number) {
  const order = applications.map((_, index) => (index * 37 + round * 11) % agents);
  const answers = await Promise.all(
    order.map(async index => {
      const request = { callId: id };
      const requestId = `${round}:${index}:${id}`;
      const answer = await applications[index]?.peer.request('retrieveDispatchVoiceCall', request, {
        id: requestId,
        deadlineMilliseconds: 30_000,
      });
      return { index, reason: answer?.ok === false ? answer.refusal.reason : '' };
    }),
  );
  const winners = answers.filter(each => each.reason === '').map(each => each.index);
  const refusals = new Set(answers.map(each => each.reason).filter(each => each !== ''));
  return { winners, refusals: [...refusals] };
}

test('DSP-53 over 100 WebSockets one of 100 gets each of 1,000 calls; a killed winner leaves no orphan', async () => {
  const bench = await openVoiceBench({
    agents,
    agent: () => ({ privileges: ['useIntegrationInterface', 'dispatchVoice'] }),
    group: () => ({ clericalSeconds: 0, dispatch: 'pick' }),
    // long enough to come back in, short enough to wait for
    change: { timers: { lostClientSeconds: 1, outgoingRingSeconds: 60, maximumClericalSeconds: 900 } },
  });
  const logOn = async (index: number, name: string) => pick(bench, await bench.logOn(index + 1), name);
  const applications = await Promise.all(Array.from({ length: agents }, (_, index) => logOn(index, 'first')));
  bench.arrive(calls);
  const waiting = () => bench.state().dispatch.items;
  await expect.poll(() => waiting().size, { timeout: 20_000 }).toBe(calls);
  const wins = new Map<number, number>();
  let lost = 0;

  for (let round = 0; round < calls; round++) {
    const [{ id, callId } = { id: 0, callId: 0 }] = waiting().values();
    const caller = bench.state().calls.get(callId)?.origin ?? '';
    let { winners, refusals } = await race(applications, id, round);
    expect([winners.length, refusals]).toEqual([1, ['itemGone']]);
    if (round % killed === 0) {
      lost += 1;
      const [victim = 0] = winners;
      applications[victim]?.socket.terminate();
      const again = () => [...waiting().values()].find(each => each.callId === callId)?.id ?? 0;
      await expect.poll(again, { timeout: 20_000 }).toBeGreaterThan(0);
      applications[victim] = await logOn(victim, `after ${round}`);
      ({ winners, refusals } = await race(applications, again(), round + calls));
      expect([winners.length, refusals]).toEqual([1, ['itemGone']]);
    }
    const [winner = -1] = winners;
    wins.set(winner, (wins.get(winner) ?? 0) + 1);
    bench.answered(originated(bench));
    bench.hungUp(caller);
    await expect
      .poll(() => bench.state().calls.size, { interval: 1, timeout: 20_000 })
      .toBe(calls - round - 1);
    bench.callManager.executed.length = 0;
    for (const each of applications) each.heard.length = 0;
  }

  expect([lost, wins.size > agents / 2]).toEqual([calls / killed, true]);
  const { dispatch, legs } = bench.state();
  expect([dispatch.items.size, legs.size, bench.state().calls.size]).toEqual([0, 0, 0]);
  await bench.close();
}, 300_000);
