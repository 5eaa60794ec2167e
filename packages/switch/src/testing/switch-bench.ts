import { createHash } from 'node:crypto';
import type { Command, ReportBody } from '../control/protocol.ts';
import { createSwitch, type Switch, type SwitchOptions } from '../switch.ts';
import { createFakeEngine, type FakeEngine } from './fake-engine.ts';
import { createLinkedNetwork, type Delivery, type LinkedNetwork, type Peer } from './linked-network.ts';
import { credentials, type PhoneMessage, value } from './phone-message.ts';
import { printPhoneSdp } from './phone-sdp.ts';
import { createVirtualClock, type VirtualClock } from './virtual-clock.ts';

/** A whole switch in a test: no sockets, no sound, and time stands still unless it is told to pass. */
export interface SwitchBench {
  readonly made: Switch;
  readonly clock: VirtualClock;
  readonly network: LinkedNetwork;
  readonly engine: FakeEngine;
  readonly reports: ReportBody[];
  /** the trunk 192.0.2.9, which may call without digest */
  readonly trunk: Peer;
  /** lets messages arrive and promises settle, and then this much time pass */
  pass(milliseconds?: number): Promise<void>;
  /** takes the first report of this type */
  report<Type extends ReportBody['type']>(type: Type): Extract<ReportBody, { type: Type }>;
  perform(command: Command): ReturnType<Switch['control']['perform']>;
  /** a call from the trunk; its leg */
  callIn(headers?: [string, string][], body?: string): Promise<string>;
  /** registers the extension from this peer: the final response */
  register(
    peer: Peer,
    extension: string,
    contacts?: string[],
    headers?: [string, string][],
    addressOfRecord?: string,
  ): Promise<PhoneMessage>;
}

export const realm = 'cordboard';
export const inviteId = 'call-1@trunk';

export function ha1Of(extension: string): string {
  return createHash('md5').update(`${extension}:${realm}:pw${extension}`).digest('hex');
}

export function speech(direction = 'sendrecv', port = 30_000): string {
  return printPhoneSdp({
    address: '192.0.2.9',
    port,
    version: 1,
    payloadTypes: [0, 8],
    telephoneEvent: 101,
    direction,
  });
}

/** Headers of a request from the trunk in the dialog of `callIn`. */
export function dialogHeaders(method: string, sequence: number, toTag = ''): [string, string][] {
  return [
    ['Max-Forwards', '70'],
    ['From', '"Outside" <sip:0701234567@192.0.2.9>;tag=outside'],
    ['To', `<sip:5000@127.0.0.1>${toTag === '' ? '' : `;tag=${toTag}`}`],
    ['Call-ID', inviteId],
    ['CSeq', `${sequence} ${method}`],
    ['Contact', '<sip:0701234567@192.0.2.9:5060>'],
  ];
}

export async function createSwitchBench(
  options: Partial<SwitchOptions> & { provisioned?: boolean; delivery?: Delivery } = {},
): Promise<SwitchBench> {
  const clock = createVirtualClock();
  const network = createLinkedNetwork(clock, options.delivery);
  const engine = createFakeEngine();
  const reports: ReportBody[] = [];
  let ids = 0;
  let registrations = 0;
  const made = await createSwitch({
    engine,
    clock,
    random: () => 0.5,
    randomId: () => `id${++ids}`,
    openTransport: handlers => network.openTransport(handlers),
    recordingFolder: '/recordings',
    trunks: [{ name: 'operator', address: '192.0.2.9' }],
    sessionTimer: { interval: 0, minimum: 90 },
    ...options,
  });
  made.onReport(report => void reports.push(report));
  const extensions = ['1001', '1002'].map(extension => ({ extension, ha1: ha1Of(extension) }));
  if (options.provisioned !== false) made.control.provision({ realm, extensions });
  const trunk = network.peer('192.0.2.9');

  async function pass(milliseconds = 0): Promise<void> {
    // Enough turns for a request, its answer and what that leads to.
    for (let turn = 0; turn < 4; turn++) {
      await new Promise(resolve => setImmediate(resolve));
      clock.advance(1);
    }
    clock.advance(milliseconds);
    await new Promise(resolve => setImmediate(resolve));
  }

  return {
    made,
    clock,
    network,
    engine,
    reports,
    trunk,
    pass,
    report(type) {
      const index = reports.findIndex(report => report.type === type);
      const found = reports[index];
      if (found?.type !== type)
        throw new Error(`no ${type} among: ${reports.map(report => report.type).join(', ')}`);
      reports.splice(index, 1);
      return found as Extract<ReportBody, { type: typeof type }>;
    },
    perform: command => made.control.perform(command),
    async callIn(headers = [], body = speech()) {
      const type: [string, string][] = body === '' ? [] : [['Content-Type', 'application/sdp']];
      trunk.request(
        'INVITE',
        'sip:5000@127.0.0.1',
        [...dialogHeaders('INVITE', 1), ...type, ...headers],
        body,
      );
      await pass();
      const arrived = reports.findLast(report => report.type === 'arrived');
      return arrived?.leg ?? '';
    },
    async register(
      peer,
      extension,
      contacts = [`<sip:${extension}@${peer.address}:${peer.port}>`],
      more = [],
      addressOfRecord = extension,
    ) {
      const uri = 'sip:127.0.0.1';
      const headers = (sequence: number): [string, string][] => [
        ['From', `<sip:${extension}@127.0.0.1>;tag=r`],
        ['To', `<sip:${addressOfRecord}@127.0.0.1>`],
        ['Call-ID', `register-${peer.address}`],
        ['CSeq', `${sequence} REGISTER`],
        ...contacts.map((contact): [string, string] => ['Contact', contact]),
        ...more,
      ];
      peer.request('REGISTER', uri, headers(++registrations));
      await pass();
      const challenge = value(peer.take(401), 'www-authenticate');
      const user = { name: extension, password: `pw${extension}` };
      const text = credentials(challenge, { method: 'REGISTER', uri }, user, 1);
      peer.request('REGISTER', uri, [...headers(++registrations), ['Authorization', text]]);
      await pass();
      const response = peer.inbox.shift();
      if (response === undefined) throw new Error('REGISTER was not answered');
      return response;
    },
  };
}
