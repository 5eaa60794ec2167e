import { describe, expect, test } from 'vitest';
import type { Command } from '../control/protocol.ts';
import { answerAt, callExtension, calledDialog, callingDialog } from '../testing/bench-dialog.ts';
import type { Peer } from '../testing/linked-network.ts';
import { type PhoneMessage, value } from '../testing/phone-message.ts';
import { createSwitchBench, type SwitchBench } from '../testing/switch-bench.ts';

/** Extension 1001 with a phone on the desk and one in the pocket; both have their INVITE. */
async function ringingBoth(changes: Partial<Extract<Command, { type: 'originate' }>> = {}) {
  const bench = await createSwitchBench();
  const desk = bench.network.peer('192.0.2.20');
  const pocket = bench.network.peer('192.0.2.21');
  await bench.register(desk, '1001');
  await bench.register(pocket, '1001');
  bench.reports.length = 0;
  callExtension(bench, '1001', 'out', changes);
  await bench.pass();
  const atDesk = desk.inbox.shift();
  const atPocket = pocket.take('INVITE');
  async function respond(peer: Peer, invite: PhoneMessage | undefined, status: number) {
    if (invite === undefined) throw new Error('it was not called');
    const to = `${value(invite, 'to')};tag=${peer.address}`;
    peer.respond(invite, status, [
      ['To', to],
      ['Contact', `<sip:p@${peer.address}>`],
    ]);
    await bench.pass();
  }
  return { ...bench, desk, pocket, atDesk, atPocket, respond };
}

describe('several phones at one extension', () => {
  test('SIP-60 all of them ring; the first that answers has the call, the others hear that it was answered elsewhere', async () => {
    const { desk, pocket, atDesk, atPocket, respond, reports, ...bench } = await ringingBoth();
    await respond(desk, atDesk, 180);
    await respond(pocket, atPocket, 180);
    await answerAt({ ...bench, reports } as SwitchBench, pocket, atPocket);
    expect(reports).toEqual([
      { type: 'alerting', leg: 'out' },
      { type: 'answered', leg: 'out', remoteAddress: '192.0.2.21' },
    ]);
    expect(value(desk.take('CANCEL'), 'reason')).toBe('SIP;cause=200;text="Call completed elsewhere"');
    await respond(desk, atDesk, 487);
    expect(desk.take('ACK')).toBeDefined();
    expect(reports).toHaveLength(2);
    bench.perform({ type: 'clear', leg: 'out', cause: 'normal' });
    await bench.pass();
    expect(pocket.take('BYE')).toBeDefined();
    expect(bench.made.control.stats().currentDialogs).toBe(0);
  });

  test('SIP-60 an answer that crosses the CANCEL is acknowledged and ended', async () => {
    const { desk, pocket, atDesk, atPocket, respond, ...bench } = await ringingBoth();
    await respond(desk, atDesk, 180);
    await answerAt(bench as SwitchBench, pocket, atPocket);
    await respond(desk, atDesk, 200);
    expect(desk.inbox.map(({ method }) => method)).toEqual(['CANCEL', 'ACK', 'BYE']);
    expect(bench.reports.at(-1)).toMatchObject({ type: 'answered', remoteAddress: '192.0.2.21' });
  });

  test('SIP-61 one that is busy leaves the others ringing; all busy is busy', async () => {
    const { desk, pocket, atDesk, atPocket, respond, reports } = await ringingBoth();
    await respond(pocket, atPocket, 180);
    await respond(desk, atDesk, 486);
    expect(reports.map(({ type }) => type)).toEqual(['alerting']);
    await respond(pocket, atPocket, 480);
    expect(reports.at(-1)).toEqual({ type: 'cleared', leg: 'out', cause: 'busy', byRemote: true });
  });

  test('SIP-61 one that is gone does not keep the other from being reached', async () => {
    const { pocket, atPocket, respond, reports, pass } = await ringingBoth();
    await respond(pocket, atPocket, 486);
    expect(reports).toEqual([]);
    await pass(4_000);
    expect(reports).toEqual([{ type: 'cleared', leg: 'out', cause: 'busy', byRemote: true }]);
  });

  test('SIP-61 a person who declines declines for all phones', async () => {
    const { desk, pocket, atDesk, atPocket, respond, report } = await ringingBoth();
    await respond(desk, atDesk, 180);
    await respond(pocket, atPocket, 603);
    expect(report('cleared')).toMatchObject({ cause: 'rejected' });
    expect(value(desk.take('CANCEL'), 'reason')).toContain('cause=603');
  });

  test('SIP-60 clearing cancels all', async () => {
    const { desk, pocket, atDesk, atPocket, respond, perform, pass } = await ringingBoth();
    await respond(desk, atDesk, 180);
    await respond(pocket, atPocket, 180);
    perform({ type: 'clear', leg: 'out', cause: 'normal' });
    await pass();
    for (const phone of [desk, pocket]) expect(value(phone.take('CANCEL'), 'reason')).toBe('');
  });

  test('SIP-62 a phone that should answer by itself is rung alone: the one that registered last', async () => {
    const { atDesk, atPocket } = await ringingBoth({ answering: 'immediately' });
    expect(atDesk?.method).not.toBe('INVITE');
    expect(value(atPocket, 'call-info')).toContain('answer-after');
  });

  test('SIP-62 NOTIFY talk goes to one phone', async () => {
    const { desk, pocket, atDesk, atPocket, respond, perform, pass } = await ringingBoth({
      answering: 'talk',
    });
    await respond(desk, atDesk, 180);
    await respond(pocket, atPocket, 180);
    perform({ type: 'pickUp', leg: 'out' });
    await pass();
    const told = [desk, pocket].filter(({ inbox }) => inbox.some(({ method }) => method === 'NOTIFY'));
    expect(told).toEqual([pocket]);
  });
});

describe('several lines at one phone', () => {
  test('SIP-63 each call of a phone is a leg of its own and ends by itself', async () => {
    const bench = await createSwitchBench();
    const phone = bench.network.peer('192.0.2.20');
    await bench.register(phone, '1001');
    const first = await calledDialog(bench, phone, '1001', 'one');
    const second = await calledDialog(bench, phone, '1001', 'two');
    const third = await callingDialog(bench, phone, '1001', '5000');
    bench.reports.length = 0;
    await second.request('BYE');
    expect(bench.reports).toEqual([{ type: 'cleared', leg: 'two', cause: 'normal', byRemote: true }]);
    await first.request('INFO', [['Content-Type', 'application/dtmf']], '7');
    await third.request('INFO', [['Content-Type', 'application/dtmf-relay']], 'Signal=8\r\nDuration=160\r\n');
    expect(bench.reports.slice(1)).toEqual([
      { type: 'digit', leg: 'one', digit: '7' },
      { type: 'digit', leg: third.leg, digit: '8' },
    ]);
    expect(bench.made.control.stats()).toMatchObject({ currentLegs: 2, currentDialogs: 2 });
  });
});
