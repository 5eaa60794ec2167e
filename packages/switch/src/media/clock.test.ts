import { createSocket } from 'node:dgram';
import { expect, onTestFinished, test, vi } from 'vitest';
import { eventually } from '../testing/eventually.ts';
import { createClockState, runDueTicks, startClock } from './clock.ts';

function runAt(times: number[]) {
  const clock = createClockState(0);
  const ticks: number[] = [];
  const waits = times.map(now => runDueTicks(clock, now, at => ticks.push(at)));
  return { clock, ticks, waits };
}

test('MED-13 ticks that come late are due at the same times all the same', () => {
  const { ticks, waits } = runAt([20, 43, 60.5, 99]);
  expect(ticks).toEqual([20, 40, 60, 80]);
  expect(waits).toEqual([20, 17, 19.5, 1]);
});

test('MED-13 a timer that fires too early makes no tick', () => {
  expect(runAt([19.6]).ticks).toEqual([]);
});

test('MED-13 a short delay is caught up', () => {
  expect(runAt([20, 81]).ticks).toEqual([20, 40, 60, 80]);
});

test('MED-13 after a stall 200 ms are caught up: what is older is left out and counted', () => {
  const { clock, ticks } = runAt([20, 1025, 1040]);
  expect(ticks).toEqual([20, 840, 860, 880, 900, 920, 940, 960, 980, 1000, 1020, 1040]);
  expect(clock.skipped).toBe(40);
  expect(clock.ticks).toBe(12);
  expect(clock.worstDelay).toBe(985);
});

test('MED-13 after a stall the packets that wait are read before the ticks that are caught up', async () => {
  const socket = createSocket('udp4');
  await new Promise<void>(resolve => socket.bind(0, '127.0.0.1', resolve));
  const order: string[] = [];
  socket.on('message', () => order.push('packet'));
  const clock = startClock(
    () => performance.now(),
    () => order.push('tick'),
  );
  await new Promise<void>(resolve => {
    socket.send(Buffer.of(1), socket.address().port, '127.0.0.1', () => {
      order.length = 0;
      socket.send(Buffer.of(2), socket.address().port, '127.0.0.1');
      for (const begin = performance.now(); performance.now() - begin < 100; );
      resolve();
    });
  });
  await eventually(() => expect(order.filter(one => one === 'tick').length).toBeGreaterThan(2));
  expect(order.lastIndexOf('packet')).toBeLessThan(order.indexOf('tick'));
  clock.stop();
  socket.close();
});

test('MED-80 a clock that nothing needs sleeps, and ticks 20 ms after it is woken', () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const ticks: number[] = [];
  let legs = 0;
  const clock = startClock(
    () => performance.now(),
    at => ticks.push(at),
    () => legs > 0,
  );
  vi.advanceTimersByTime(1_000);
  const asleep = ticks.length;
  expect(vi.getTimerCount()).toBe(0);
  legs = 1;
  clock.wake();
  clock.wake();
  const woken = performance.now();
  vi.advanceTimersByTime(70);
  expect(ticks.slice(asleep)).toEqual([woken + 20, woken + 40, woken + 60]);
  expect(clock.state.skipped).toBe(0);
  clock.stop();
  legs = 0;
  vi.advanceTimersByTime(100);
  clock.wake();
  expect(vi.getTimerCount()).toBe(0);
});
