import { openPhoneAudio } from './phone-audio.ts';
import { type CallContext, createPhoneCall, type PhoneCall, type PhoneCallDriver } from './phone-call.ts';
import { openTcpLink, openUdpLink, openWebSocketLink, type PhoneLink } from './phone-link.ts';
import {
  credentials,
  type PhoneMessage,
  printPhoneMessage,
  readPhoneMessage,
  sequence,
  tagOf,
  value,
} from './phone-message.ts';

export { freePort, isBoundForUdp } from './free-port.ts';
export type { PhoneAudio } from './phone-audio.ts';
export type { CallState, PhoneCall } from './phone-call.ts';

export interface PhoneOptions {
  /** user of From and, with `password`, of digest credentials */
  extension: string;
  /** '' for an outside caller, who is let in by address */
  password?: string;
  server: { address: string; port: number };
  /** of this phone; default 127.0.0.1 and free ports */
  address?: string;
  port?: number;
  /** with WS it knows no address of its own, as a browser does not */
  transport?: 'UDP' | 'TCP' | 'WS';
  displayName?: string;
  /** what it does when it is called: rings (default), answers, or rejects with a status */
  whenCalled?: 'ring' | 'answer' | number;
  /** answers by itself when the INVITE asks for it with Call-Info `answer-after`; default true */
  obeysAutoAnswer?: boolean;
  /** acts on NOTIFY `Event: talk` and `hold`; default true */
  understandsTalk?: boolean;
  /** in its order of preference; default PCMU, PCMA */
  payloadTypes?: readonly number[];
  /** payload type of RFC 4733 events; default 101, -1 for none */
  telephoneEvent?: number;
  /** frequency it sends in every call; 0 (default) is silence */
  tone?: number;
}

/** A SIP phone for tests and benches: small, with a parser of its own. */
export interface TestPhone {
  readonly extension: string;
  readonly port: number;
  /** every call of this phone, oldest first */
  readonly calls: readonly PhoneCall[];
  /** final status: 200 when it worked */
  register(seconds?: number): Promise<number>;
  unregister(): Promise<number>;
  call(number: string, headers?: [string, string][]): Promise<PhoneCall>;
  /** the next call that comes in (or one that came and was not asked for yet) */
  nextCall(milliseconds?: number): Promise<PhoneCall>;
  /** a request outside of calls; its final status */
  request(method: string, uri: string, headers?: [string, string][]): Promise<number>;
  /** goes away without a word, as a phone whose plug is pulled */
  close(): void;
}

interface Exchange {
  message: string;
  timer: NodeJS.Timeout;
  provisional: (response: PhoneMessage) => void;
  final(response: PhoneMessage): void;
  answered: boolean;
}

const timeout408: PhoneMessage = {
  start: 'SIP/2.0 408 Timeout',
  status: 408,
  method: '',
  headers: [],
  body: '',
};

export async function createPhone(options: PhoneOptions): Promise<TestPhone> {
  const address = options.address ?? '127.0.0.1';
  const { extension, server } = options;
  const name = options.displayName === undefined ? '' : `"${options.displayName.replace(/["\\]/g, '\\$&')}" `;
  const from = `${name}<sip:${extension}@${server.address}>`;
  const exchanges = new Map<string, Exchange>();
  const inviteBranches = new Map<string, { branch: string; request: PhoneMessage }>();
  const driven = new Map<string, PhoneCallDriver>();
  const calls: PhoneCall[] = [];
  const unclaimed: PhoneCall[] = [];
  const claims: ((call: PhoneCall) => void)[] = [];
  const answeredRequests = new Map<string, string>();
  let counter = 0;
  let credentialCount = 0;
  let registration = 0;
  const registrationId = unique('r');

  const received = (text: string) => receive(readPhoneMessage(text));
  const link = await openLink(options, received);
  const transportParameter = link.protocol === 'UDP' ? '' : `;transport=${link.protocol.toLowerCase()}`;
  const sentBy = link.protocol === 'WS' ? `phone${extension}.invalid` : `${address}:${link.port}`;
  const contact = `sip:${extension}@${sentBy}${transportParameter}`;

  function unique(prefix: string): string {
    return `${prefix}${++counter}.${Math.random().toString(36).slice(2)}`;
  }

  // ---- requests of ours

  function exchange(
    method: string,
    uri: string,
    headers: [string, string][],
    body: string,
    provisional: (response: PhoneMessage) => void,
  ): Promise<PhoneMessage> {
    const branch = `z9hG4bK${unique('b')}`;
    const via: [string, string] = ['Via', `SIP/2.0/${link.protocol} ${sentBy};branch=${branch};rport`];
    const message = printPhoneMessage(
      `${method} ${uri} SIP/2.0`,
      [via, ['Max-Forwards', '70'], ...headers],
      body,
    );
    const callId = headers.find(([header]) => header === 'Call-ID')?.[1] ?? '';
    if (method === 'INVITE') inviteBranches.set(callId, { branch, request: readPhoneMessage(message) });
    return new Promise(resolve => {
      let tries = 0;
      const one: Exchange = {
        message,
        provisional,
        answered: false,
        timer: setInterval(() => {
          tries++;
          if (tries > 20 && !one.answered) finish(timeout408);
          else if (link.protocol === 'UDP' && !one.answered) link.send(message);
        }, 500),
        final: finish,
      };
      function finish(response: PhoneMessage): void {
        clearInterval(one.timer);
        exchanges.delete(`${branch}|${method}`);
        resolve(response);
      }
      exchanges.set(`${branch}|${method}`, one);
      link.send(message);
    });
  }

  async function request(
    method: string,
    uri: string,
    headers: [string, string][],
    body: string,
    provisional: (response: PhoneMessage) => void = () => {},
  ): Promise<PhoneMessage> {
    const response = await exchange(method, uri, headers, body, provisional);
    if ((response.status !== 401 && response.status !== 407) || (options.password ?? '') === '')
      return response;
    const proxy = response.status === 407;
    const challenge = value(response, proxy ? 'proxy-authenticate' : 'www-authenticate');
    const user = { name: extension, password: options.password ?? '' };
    const text = credentials(challenge, { method, uri }, user, ++credentialCount);
    const again = headers.map(([header, old]): [string, string] =>
      header === 'CSeq' ? [header, `${Number.parseInt(old, 10) + 1} ${method}`] : [header, old],
    );
    again.push([proxy ? 'Proxy-Authorization' : 'Authorization', text]);
    return exchange(method, uri, again, body, provisional);
  }

  function onResponse(response: PhoneMessage): void {
    const branch = /branch=([^;\s,]+)/.exec(value(response, 'via'))?.[1] ?? '';
    const one = exchanges.get(`${branch}|${response.method}`);
    if (response.method === 'INVITE' && response.status >= 300) ackFailure(response, branch);
    if (one === undefined) {
      if (response.method === 'INVITE' && response.status >= 200 && response.status < 300) ackAgain(response);
      return;
    }
    one.answered = true;
    if (response.status < 200) one.provisional(response);
    else one.final(response);
  }

  function ackFailure(response: PhoneMessage, branch: string): void {
    const sent = inviteBranches.get(value(response, 'call-id'));
    const uri = sent?.branch === branch ? sent.request.start.split(' ')[1] : undefined;
    if (uri === undefined) return;
    const copied = (header: string): [string, string] => [header, value(response, header.toLowerCase())];
    link.send(
      printPhoneMessage(`ACK ${uri} SIP/2.0`, [
        ['Via', value(response, 'via').split(';received')[0] ?? ''],
        copied('From'),
        copied('To'),
        copied('Call-ID'),
        ['CSeq', `${sequence(response)} ACK`],
      ]),
    );
  }

  const lastAcks = new Map<string, string>();

  function sendAck(uri: string, headers: [string, string][], body = ''): void {
    const via: [string, string] = [
      'Via',
      `SIP/2.0/${link.protocol} ${sentBy};branch=z9hG4bK${unique('a')};rport`,
    ];
    const text = printPhoneMessage(`ACK ${uri} SIP/2.0`, [via, ['Max-Forwards', '70'], ...headers], body);
    const callId = headers.find(([header]) => header === 'Call-ID')?.[1] ?? '';
    lastAcks.set(callId, text);
    link.send(text);
  }

  function ackAgain(response: PhoneMessage): void {
    const text = lastAcks.get(value(response, 'call-id'));
    if (text !== undefined) link.send(text);
  }

  function cancel(callId: string): void {
    const sent = inviteBranches.get(callId);
    if (sent === undefined) return;
    const uri = sent.request.start.split(' ')[1] ?? '';
    const copied = (header: string): [string, string] => [header, value(sent.request, header.toLowerCase())];
    link.send(
      printPhoneMessage(`CANCEL ${uri} SIP/2.0`, [
        copied('Via'),
        ['Max-Forwards', '70'],
        copied('From'),
        copied('To'),
        copied('Call-ID'),
        ['CSeq', `${sequence(sent.request)} CANCEL`],
      ]),
    );
  }

  // ---- requests of the switch

  function respond(
    received: PhoneMessage,
    status: number,
    headers: [string, string][] = [],
    body = '',
  ): void {
    const own = new Map(headers);
    const vias = received.headers
      .filter(([header]) => header === 'via')
      .map(([, text]): [string, string] => ['Via', text]);
    const to = own.get('To') ?? value(received, 'to');
    own.delete('To');
    const text = printPhoneMessage(
      `SIP/2.0 ${status} ${status < 200 ? 'Ringing' : status < 300 ? 'OK' : 'No'}`,
      [
        ...vias,
        ['From', value(received, 'from')],
        ['To', tagOf(to) === '' ? `${to};tag=${unique('t')}` : to],
        ['Call-ID', value(received, 'call-id')],
        ['CSeq', value(received, 'cseq')],
        ['Allow', 'INVITE, ACK, CANCEL, BYE, OPTIONS, NOTIFY, UPDATE'],
        ...own,
      ],
      body,
    );
    answeredRequests.set(requestKey(received), text);
    if (answeredRequests.size > 1_000) answeredRequests.delete(answeredRequests.keys().next().value ?? '');
    link.send(text);
  }

  function requestKey(received: PhoneMessage): string {
    return `${/branch=([^;\s,]+)/.exec(value(received, 'via'))?.[1] ?? ''}|${received.method}`;
  }

  function receive(message: PhoneMessage): void {
    if (message.status !== 0) {
      onResponse(message);
      return;
    }
    const known = answeredRequests.get(requestKey(message));
    if (known !== undefined && message.method !== 'ACK') {
      link.send(known);
      return;
    }
    const call = driven.get(value(message, 'call-id'));
    if (call !== undefined) call.receive(message);
    else if (message.method === 'INVITE') void onInvite(message);
    else if (message.method !== 'ACK') respond(message, message.method === 'OPTIONS' ? 200 : 481);
  }

  const arriving = new Set<string>();

  async function onInvite(invite: PhoneMessage): Promise<void> {
    const callId = value(invite, 'call-id');
    if (arriving.has(callId)) return;
    if (typeof options.whenCalled === 'number') {
      respond(invite, options.whenCalled);
      return;
    }
    arriving.add(callId);
    const call = await open(callId, { invite });
    arriving.delete(callId);
    const asked = /answer-after=0/.test(value(invite, 'call-info')) && options.obeysAutoAnswer !== false;
    if (asked || options.whenCalled === 'answer') call.answer();
    const claim = claims.shift();
    if (claim === undefined) unclaimed.push(call);
    else claim(call);
  }

  async function open(
    callId: string,
    start: Parameters<typeof createPhoneCall>[2],
  ): Promise<PhoneCallDriver> {
    const audio = await openPhoneAudio(address, 0);
    audio.setTone(options.tone ?? 0);
    const context: CallContext = {
      address,
      contact,
      payloadTypes: options.payloadTypes ?? [0, 8],
      telephoneEvent: options.telephoneEvent ?? 101,
      understandsTalk: options.understandsTalk !== false,
      request,
      sendAck,
      cancel: () => cancel(callId),
      respond,
    };
    const call = createPhoneCall(context, audio, start, from, () => {
      inviteBranches.delete(callId);
      // Its last messages may still be answered.
      setTimeout(() => driven.delete(callId), 2_000).unref();
    });
    driven.set(callId, call);
    calls.push(call);
    return call;
  }

  async function doRegister(seconds: number): Promise<number> {
    registration += 10;
    const uri = `sip:${server.address}`;
    const response = await request(
      'REGISTER',
      uri,
      [
        ['From', `${from};tag=${unique('f')}`],
        ['To', `<sip:${extension}@${server.address}>`],
        ['Call-ID', registrationId],
        ['CSeq', `${registration} REGISTER`],
        ['Contact', `<${contact}>;expires=${seconds}`],
      ],
      '',
    );
    return response.status;
  }

  return {
    extension,
    port: link.port,
    calls,
    register: (seconds = 300) => doRegister(seconds),
    unregister: () => doRegister(0),
    call(number, headers = []) {
      const callId = unique('c');
      const uri = `sip:${number}@${server.address}:${server.port}${transportParameter}`;
      return open(callId, { number, uri, callId, extraHeaders: headers });
    },
    nextCall(milliseconds = 5_000) {
      const waiting = unclaimed.shift();
      if (waiting !== undefined) return Promise.resolve(waiting);
      return new Promise((resolve, reject) => {
        const patience = setTimeout(() => {
          claims.splice(claims.indexOf(claim), 1);
          reject(new Error(`phone ${extension} was not called within ${milliseconds} ms`));
        }, milliseconds);
        const claim = (call: PhoneCall) => {
          clearTimeout(patience);
          resolve(call);
        };
        claims.push(claim);
      });
    },
    async request(method, uri, headers = []) {
      const response = await request(
        method,
        uri,
        [
          ['From', `${from};tag=${unique('f')}`],
          ['To', `<${uri}>`],
          ['Call-ID', unique('o')],
          ['CSeq', `1 ${method}`],
          ...headers,
        ],
        '',
      );
      return response.status;
    },
    close() {
      for (const one of exchanges.values()) clearInterval(one.timer);
      for (const call of driven.values()) call.audio.close();
      link.close();
    },
  };
}

function openLink(options: PhoneOptions, received: (text: string) => void): Promise<PhoneLink> {
  switch (options.transport) {
    case 'TCP':
      return openTcpLink(options.server, received);
    case 'WS':
      return openWebSocketLink(options.server, received);
    default:
      return openUdpLink(
        { address: options.address ?? '127.0.0.1', port: options.port ?? 0 },
        options.server,
        received,
      );
  }
}
