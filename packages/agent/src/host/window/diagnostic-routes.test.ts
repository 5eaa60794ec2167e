import { type ConnectionReport, deskSettingsMethods, type LogPage, type Peer } from '@cordboard/contract';
import { expect, test } from 'vitest';
import { deskPeer, exampleCall, openDesk } from '../../testing/index.ts';

const reader =
  (peer: Peer) =>
  async (parameters: object): Promise<LogPage> => {
    const answer = await peer.request(deskSettingsMethods.readLog, parameters);
    if (!answer.ok) throw new Error(answer.refusal.reason);
    return answer.value as LogPage;
  };

test('WIN-88 the window reads what is in the file and nothing else, and hears of more as it is written', async () => {
  await using desk = await openDesk();
  const read = reader(deskPeer(desk));
  const page = await read({ before: null });
  expect(page.lines.map(each => `${each.text}\n`).join('')).toBe(desk.readLog());
  const next = read({ after: page.to, waitMilliseconds: 5_000 });
  desk.gateway.publish('OnCallEvent', exampleCall({ ID: 4711 }));
  const { lines } = await next;
  expect(lines[0]?.text).toContain('4711');
  expect(lines.map(each => each.text).join('\n'), 'its own reading is not logged').not.toContain(
    'deskReadLog',
  );
});

test('WIN-89 how long an event took from the server to the handler of a page stands in the log, the clocks set off against each other', async () => {
  await using desk = await openDesk();
  const peer = deskPeer(desk);
  const at = Date.UTC(2026, 10, 22, 12);
  const seen = [{ page: 'window', event: 'OnCallEvent', at, handledAt: at + 5_012.5 }];
  const offsetNow = async () => (await report(peer)).pings[0]?.clockOffset ?? null;
  // of one machine's clocks it can be nothing at all
  await expect.poll(offsetNow).not.toBeNull();
  const offset = (await offsetNow()) ?? 0;
  await peer.request(deskSettingsMethods.seen, { seen, pageOffset: -5_000 });
  const line = / 5 SEEN window OnCallEvent \{"at":"2026-11-22T12:00:00.000Z"\} (-?[\d.]+) ms\n/;
  await expect.poll(() => desk.readLog()).toMatch(line);
  expect(Number(line.exec(desk.readLog())?.[1])).toBeCloseTo(12.5 + offset, 0);
  const many = Array.from({ length: 501 }, () => seen[0]);
  await expect(peer.request(deskSettingsMethods.seen, { seen: many, pageOffset: 0 })).rejects.toMatchObject({
    kind: 'invalidParameters',
  });
});

const report = async (peer: Peer): Promise<ConnectionReport> => {
  const answer = await peer.request(deskSettingsMethods.getConnection, {});
  if (!answer.ok) throw new Error(answer.refusal.reason);
  return answer.value as ConnectionReport;
};

test('WIN-81 the window is told how the connection is, and what it went through', async () => {
  await using desk = await openDesk();
  const peer = deskPeer(desk);
  desk.gateway.publish('OnCallEvent', exampleCall());
  await expect.poll(async () => (await report(peer)).lastSequence).toBe(1);
  desk.gateway.breakConnections();
  await expect
    .poll(async () => (await report(peer)).history.map(each => each.state))
    .toEqual(['loggingOn', 'attached', 'attaching', 'attached']);
  expect(await report(peer)).toMatchObject({
    server: 'http://127.0.0.1:1',
    state: 'attached',
    problem: null,
    attachedSince: expect.any(Number),
  });
});
