import { describe, expect, test } from 'vitest';
import { callExtension } from '../testing/bench-dialog.ts';
import { browserSdp } from '../testing/browser-sdp.ts';
import { fakeTransport } from '../testing/fake-engine.ts';
import type { Peer } from '../testing/linked-network.ts';
import { credentials, type PhoneMessage, tagOf, value } from '../testing/phone-message.ts';
import { createSwitchBench, speech } from '../testing/switch-bench.ts';

const contact = 'sip:abc@xyz.invalid;transport=ws';
const sdpType: [string, string] = ['Content-Type', 'application/sdp'];

/** A page speaks; its connection closes, and it is there again over another. */
async function reloaded() {
  const bench = await createSwitchBench();
  const { network, pass, register, report } = bench;
  const page = network.peer('127.0.0.1', 41_000, 'WS');
  await register(page, '1001', [`<${contact}>`]);
  callExtension(bench, '1001', 'out');
  await pass();
  const invite = page.take('INVITE');
  const headers: [string, string][] = [
    ['To', `${value(invite, 'to')};tag=page`],
    ['Contact', `<${contact}>`],
    sdpType,
  ];
  page.respond(invite, 200, headers, browserSdp(fakeTransport(7), 'active'));
  await pass();
  report('answered');
  page.disconnect();
  const again = network.peer('127.0.0.1', 41_001, 'WS');
  await register(again, '1001', [`<${contact}>`]);
  const dialog = `${value(invite, 'call-id')};to-tag=${tagOf(value(invite, 'from'))};from-tag=page`;
  return { ...bench, again, dialog };
}

/** The final response to an INVITE of `extension` in the place of that dialog. */
async function replace(
  { pass }: Awaited<ReturnType<typeof reloaded>>,
  peer: Peer,
  extension: string,
  dialog: string,
  body = browserSdp(fakeTransport(8), 'actpass'),
): Promise<PhoneMessage> {
  const uri = `sip:${extension}@127.0.0.1`;
  const call = (sequence: number): [string, string][] => [
    ['Max-Forwards', '70'],
    ['From', `<${uri}>;tag=second`],
    ['To', `<${uri}>`],
    ['Call-ID', 'second-dialog'],
    ['CSeq', `${sequence} INVITE`],
    ['Contact', `<${contact}>`],
    ['Replaces', dialog],
    sdpType,
  ];
  peer.request('INVITE', uri, call(1), body);
  await pass();
  const challenge = value(peer.take(401), 'www-authenticate');
  const user = { name: extension, password: `pw${extension}` };
  const text = credentials(challenge, { method: 'INVITE', uri }, user, 1);
  peer.inbox.length = 0;
  peer.request('INVITE', uri, [...call(2), ['Authorization', text]], body);
  await pass();
  const final = peer.inbox.find(({ start }) => /^SIP\/2.0 [2-6]/.test(start));
  if (final === undefined) throw new Error('no final response');
  return final;
}

describe('a page that goes on with a call', () => {
  test('SPH-07 its leg stays, its speech takes another way, and the old dialog ends', async () => {
    const made = await reloaded();
    const { again, dialog, engine, reports, made: itself } = made;
    const answer = await replace(made, again, '1001', dialog);
    expect(answer.start).toBe('SIP/2.0 200 OK');
    expect(answer.body).toContain('UDP/TLS/RTP/SAVPF');
    expect(engine.legs.get('out')?.remote?.secure?.userFragment).toBe('ours8');
    expect(reports.filter(({ type }) => type === 'cleared' || type === 'arrived')).toEqual([]);
    expect(itself.control.inventory().legs).toMatchObject([{ leg: 'out', state: 'up' }]);
    expect(again.take('BYE')).toBeDefined();
  });

  test('SPH-63 a page in another browser is told of the call when it registers; a telephone and another extension are not', async () => {
    const { network, register, dialog } = await reloaded();
    const told = async (protocol: 'WS' | 'UDP', port: number, extension: string) => {
      const peer = network.peer('127.0.0.1', port, protocol);
      const response = await register(peer, extension, [`<sip:${extension}@127.0.0.1:${port}>`]);
      return response.headers.filter(([name]) => name === 'x-cordboard-dialogs').map(([, value]) => value);
    };
    expect(await told('WS', 41_003, '1001')).toEqual([dialog]);
    expect(await told('UDP', 41_004, '1001')).toEqual([]);
    expect(await told('WS', 41_005, '1002')).toEqual([]);
  });

  test('SPH-07 it is held and ended in its new dialog', async () => {
    const made = await reloaded();
    const { again, dialog, perform, pass } = made;
    const answer = await replace(made, again, '1001', dialog);
    const from = value(answer, 'from');
    again.request('ACK', 'sip:127.0.0.1', [
      ['Max-Forwards', '70'],
      ['From', from],
      ['To', value(answer, 'to')],
      ['Call-ID', 'second-dialog'],
      ['CSeq', '2 ACK'],
    ]);
    await pass();
    again.inbox.length = 0;
    perform({ type: 'clear', leg: 'out', cause: 'normal' });
    await pass();
    expect(value(again.take('BYE'), 'call-id')).toBe('second-dialog');
  });

  test('SPH-08 nobody takes the call of somebody else, or one that there is not, or without encryption', async () => {
    const made = await reloaded();
    const { again, dialog, network, register, made: itself } = made;
    const other = network.peer('127.0.0.1', 41_002, 'WS');
    await register(other, '1002', ['<sip:other@xyz.invalid;transport=ws>']);
    expect((await replace(made, other, '1002', dialog)).start).toContain('603');
    expect((await replace(made, again, '1001', `x${dialog}`)).start).toContain('481');
    expect((await replace(made, again, '1001', dialog, speech())).start).toContain('488');
    expect(itself.control.inventory().legs).toMatchObject([{ leg: 'out', state: 'up' }]);
  });
});
