import type { Command } from '../control/protocol.ts';
import type { Peer } from './linked-network.ts';
import { credentials, type PhoneMessage, tagOf, uriOf, value } from './phone-message.ts';
import { type SwitchBench, speech } from './switch-bench.ts';

/** A dialog between a phone of the bench and the switch, as the phone has it. */
export interface BenchDialog {
  readonly callId: string;
  /** the phone's */
  readonly localTag: string;
  /** the switch's */
  readonly remoteTag: string;
  /** a request of the phone in it */
  request(method: string, headers?: [string, string][], body?: string): Promise<void>;
}

const sdpType: [string, string] = ['Content-Type', 'application/sdp'];
let count = 0;

function createDialog(
  bench: SwitchBench,
  peer: Peer,
  local: string,
  remote: string,
  target: string,
  callId: string,
): BenchDialog {
  let sequence = 100;
  return {
    callId,
    localTag: tagOf(local),
    remoteTag: tagOf(remote),
    async request(method, headers = [], body = '') {
      const dialog: [string, string][] = [
        ['Max-Forwards', '70'],
        ['From', local],
        ['To', remote],
        ['Call-ID', callId],
        ['CSeq', `${++sequence} ${method}`],
        ['Contact', `<sip:phone@${peer.address}:${peer.port}>`],
      ];
      const type = body === '' || headers.some(([name]) => name === 'Content-Type') ? [] : [sdpType];
      peer.request(method, target, [...dialog, ...headers, ...type], body);
      await bench.pass();
    },
  };
}

/** The switch calls an extension, as 0701234567. */
export const callExtension = (
  bench: Pick<SwitchBench, 'perform'>,
  extension: string,
  leg: string,
  changes: Partial<Extract<Command, { type: 'originate' }>> = {},
) =>
  bench.perform({
    type: 'originate',
    leg,
    to: { extension },
    callerNumber: '0701234567',
    callerName: '',
    answering: 'phone',
    ringSeconds: 20,
    media: { type: 'none' },
    ...changes,
  });

/** The switch calls the phone of an extension, which answers. */
export async function calledDialog(
  bench: SwitchBench,
  peer: Peer,
  extension: string,
  leg: string,
  changes: Partial<Extract<Command, { type: 'originate' }>> = {},
): Promise<BenchDialog> {
  callExtension(bench, extension, leg, changes);
  await bench.pass();
  return answerAt(bench, peer, peer.take('INVITE'));
}

export async function answerAt(bench: SwitchBench, peer: Peer, invite: PhoneMessage): Promise<BenchDialog> {
  const local = `${value(invite, 'to')};tag=phone${++count}`;
  const headers: [string, string][] = [
    ['To', local],
    ['Contact', `<sip:phone@${peer.address}:${peer.port}>`],
    sdpType,
  ];
  peer.respond(invite, 200, headers, speech());
  await bench.pass();
  peer.take('ACK');
  const from = value(invite, 'from');
  return createDialog(bench, peer, local, from, uriOf(value(invite, 'contact')), value(invite, 'call-id'));
}

/** The phone of an extension calls a number; with `answered`, the call is answered. */
export async function callingDialog(
  bench: SwitchBench,
  peer: Peer,
  extension: string,
  number: string,
  answered = true,
  more: [string, string][] = [],
): Promise<BenchDialog & { leg: string }> {
  const uri = `sip:${number}@127.0.0.1`;
  const callId = `call-${++count}@${peer.address}`;
  const local = `<sip:${extension}@127.0.0.1>;tag=phone${count}`;
  const headers = (sequence: number): [string, string][] => [
    ['Max-Forwards', '70'],
    ['From', local],
    ['To', `<${uri}>`],
    ['Call-ID', callId],
    ['CSeq', `${sequence} INVITE`],
    ['Contact', `<sip:phone@${peer.address}:${peer.port}>`],
    sdpType,
    ...more,
  ];
  peer.request('INVITE', uri, headers(1), speech());
  await bench.pass();
  const challenge = value(peer.take(401), 'www-authenticate');
  const user = { name: extension, password: `pw${extension}` };
  const text = credentials(challenge, { method: 'INVITE', uri }, user, 1);
  peer.request('INVITE', uri, [...headers(2), ['Authorization', text]], speech());
  await bench.pass();
  const arrived = bench.reports.findLast(report => report.type === 'arrived');
  if (arrived === undefined) throw new Error(`refused: ${peer.inbox.map(({ start }) => start).join(', ')}`);
  bench.perform(
    answered
      ? { type: 'answer', leg: arrived.leg, media: { type: 'none' } }
      : { type: 'alert', leg: arrived.leg },
  );
  await bench.pass();
  const remote = value(peer.take(answered ? 200 : 180), 'to');
  const dialog = createDialog(bench, peer, local, remote, uri, callId);
  if (answered) {
    peer.request('ACK', uri, [
      ...headers(2).filter(([name]) => name !== 'CSeq' && name !== 'To' && name !== 'Content-Type'),
      ['CSeq', '2 ACK'],
      ['To', remote],
    ]);
    await bench.pass();
  }
  return { ...dialog, leg: arrived.leg };
}
