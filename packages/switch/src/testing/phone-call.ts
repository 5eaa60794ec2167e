import type { PhoneAudio } from './phone-audio.ts';
import { displayName, type PhoneMessage, sequence, tagOf, uriOf, userPart, value } from './phone-message.ts';
import { printPhoneSdp, readPhoneSdp } from './phone-sdp.ts';

export type CallState = 'calling' | 'ringing' | 'up' | 'ended';

/** What a call needs of its phone. */
export interface CallContext {
  readonly address: string;
  /** Contact of this phone, without brackets */
  readonly contact: string;
  readonly payloadTypes: readonly number[];
  readonly telephoneEvent: number;
  readonly understandsTalk: boolean;
  /** sends a request with Via and, when it is challenged, again with credentials; the final response */
  request(
    method: string,
    uri: string,
    headers: [string, string][],
    body: string,
    provisional?: (response: PhoneMessage) => void,
  ): Promise<PhoneMessage>;
  sendAck(uri: string, headers: [string, string][], body?: string): void;
  cancel(): void;
  respond(request: PhoneMessage, status: number, headers?: [string, string][], body?: string): void;
}

/**
 * One call at the test phone.
 *
 *   calling --18x--> ringing --2xx--> up --BYE--> ended
 *   ringing --answer--> up            (an incoming one begins there)
 */
export interface PhoneCall {
  readonly incoming: boolean;
  readonly callId: string;
  readonly state: CallState;
  /** final status of an attempt that failed; 0 otherwise */
  readonly status: number;
  readonly endedByPeer: boolean;
  readonly callerNumber: string;
  readonly callerName: string;
  /** INVITE that came in, or final response that came back */
  readonly message: PhoneMessage | undefined;
  /** direction that the switch last named in its description */
  readonly peerDirection: string;
  readonly held: boolean;
  readonly audio: PhoneAudio;
  answer(): void;
  reject(status: number): void;
  /** BYE, CANCEL or 603 */
  hangUp(): void;
  /** the person transfers the call: to a number, or to the party of another call of this phone; the answer to REFER */
  transfer(to: string | PhoneCall): Promise<number>;
  /** what the switch told about transfers: the status lines of its NOTIFYs */
  readonly transferStatuses: readonly string[];
  /** a Replaces that names this call, as the switch sees it */
  readonly replaces: string;
  hold(): Promise<number>;
  retrieve(): Promise<number>;
  /** an in-dialog request; its final status */
  request(method: string, headers?: [string, string][], body?: string): Promise<number>;
  /** waits for a state; rejects when the call ends before */
  waitFor(state: CallState, milliseconds?: number): Promise<void>;
  level(hertz: number, milliseconds?: number): Promise<number>;
  sendDigits(digits: string): Promise<void>;
  readonly digits: string;
}

/** The call with what its phone feeds into it. */
export interface PhoneCallDriver extends PhoneCall {
  receive(request: PhoneMessage): void;
}

export function createPhoneCall(
  context: CallContext,
  audio: PhoneAudio,
  start:
    | { invite: PhoneMessage }
    | { number: string; uri: string; callId: string; extraHeaders: [string, string][] },
  from: string,
  over: () => void,
): PhoneCallDriver {
  const incoming = 'invite' in start;
  const localTag = Math.random().toString(36).slice(2);
  const callId = incoming ? value(start.invite, 'call-id') : start.callId;
  let state: CallState = incoming ? 'ringing' : 'calling';
  let status = 0;
  let endedByPeer = false;
  let message: PhoneMessage | undefined = incoming ? start.invite : undefined;
  const local = incoming ? `${value(start.invite, 'to')};tag=${localTag}` : `${from};tag=${localTag}`;
  let remote = incoming ? value(start.invite, 'from') : `<${start.uri}>`;
  let target = incoming ? uriOf(value(start.invite, 'contact')) : start.uri;
  let cseq = 1;
  let version = 1;
  let direction = 'sendrecv';
  let peerDirection = 'sendrecv';
  let invite = incoming ? start.invite : undefined;
  let repeat: NodeJS.Timeout | undefined;
  const waiters = new Set<() => void>();
  const transferStatuses: string[] = [];

  function become(next: CallState): void {
    if (state === 'ended') return;
    state = next;
    if (next === 'ended') {
      clearInterval(repeat);
      audio.close();
      over();
    }
    for (const waiter of [...waiters]) waiter();
  }

  function description(): string {
    const { address, payloadTypes, telephoneEvent } = context;
    return printPhoneSdp({
      address,
      port: audio.port,
      version: version++,
      payloadTypes,
      telephoneEvent,
      direction,
    });
  }

  function takeDescription(body: string): void {
    if (body === '') return;
    const sdp = readPhoneSdp(body);
    peerDirection = sdp.direction;
    audio.setRemote(sdp.port === 0 ? undefined : sdp);
    const maySend = sdp.direction === 'sendrecv' || sdp.direction === 'recvonly';
    audio.setSending(maySend && (direction === 'sendrecv' || direction === 'sendonly'));
  }

  function headers(method: string, number = cseq): [string, string][] {
    return [
      ['From', local],
      ['To', remote],
      ['Call-ID', callId],
      ['CSeq', `${number} ${method}`],
      ['Contact', `<${context.contact}>`],
    ];
  }

  // ---- calling

  async function call(uri: string, extra: [string, string][]): Promise<void> {
    const body = description();
    const response = await context.request(
      'INVITE',
      uri,
      [...headers('INVITE'), ...extra, ['Content-Type', 'application/sdp']],
      body,
      provisional => {
        if (provisional.status > 100 && state === 'calling') become('ringing');
      },
    );
    cseq = sequence(response);
    message = response;
    if (response.status >= 300) {
      status = response.status;
      endedByPeer = true;
      become('ended');
      return;
    }
    remote = value(response, 'to');
    target = uriOf(value(response, 'contact'));
    takeDescription(response.body);
    context.sendAck(target, headers('ACK'));
    if (state === 'ended') void request('BYE');
    else become('up');
  }

  async function request(method: string, extra: [string, string][] = [], body = ''): Promise<number> {
    cseq++;
    const type: [string, string][] = method === 'INVITE' ? [['Content-Type', 'application/sdp']] : [];
    const number = cseq;
    const response = await context.request(method, target, [...headers(method), ...extra, ...type], body);
    if (method === 'INVITE' && response.status < 300) {
      takeDescription(response.body);
      context.sendAck(target, headers('ACK', number));
    }
    return response.status;
  }

  async function reinvite(next: string): Promise<number> {
    const before = direction;
    direction = next;
    const answered = await request('INVITE', [], description());
    if (answered >= 300) direction = before;
    return answered;
  }

  // ---- being called

  function respondToInvite(code: number, body = ''): void {
    if (invite === undefined) return;
    const type: [string, string][] = body === '' ? [] : [['Content-Type', 'application/sdp']];
    context.respond(invite, code, [['To', local], ['Contact', `<${context.contact}>`], ...type], body);
  }

  function answer(): void {
    if (state !== 'ringing' || !incoming || invite === undefined) return;
    takeDescription(invite.body);
    sendAnswer(description());
    become('up');
  }

  /** RFC 3261 §13.3.1.4: until the ACK comes. */
  function sendAnswer(body: string): void {
    respondToInvite(200, body);
    clearInterval(repeat);
    repeat = setInterval(() => respondToInvite(200, body), 500);
  }

  function answerWithin(received: PhoneMessage): void {
    invite = received;
    if (received.body !== '') takeDescription(received.body);
    sendAnswer(description());
  }

  function onNotify(received: PhoneMessage): void {
    const event = value(received, 'event');
    if (/^refer\b/.test(event)) {
      transferStatuses.push(received.body.split('\r\n')[0] ?? '');
      context.respond(received, 200);
      return;
    }
    if (!context.understandsTalk || (event !== 'talk' && event !== 'hold')) {
      context.respond(received, 489);
      return;
    }
    context.respond(received, 200);
    if (event === 'hold') void reinvite('sendonly');
    else if (state === 'ringing') answer();
    else if (direction !== 'sendrecv') void reinvite('sendrecv');
  }

  function receive(received: PhoneMessage): void {
    switch (received.method) {
      case 'ACK':
        clearInterval(repeat);
        if (received.body !== '') takeDescription(received.body);
        return;
      case 'BYE':
        context.respond(received, 200);
        endedByPeer = true;
        become('ended');
        return;
      case 'CANCEL':
        context.respond(received, 200);
        if (state !== 'ringing') return;
        respondToInvite(487);
        endedByPeer = true;
        become('ended');
        return;
      case 'INVITE':
        answerWithin(received);
        return;
      case 'NOTIFY':
        onNotify(received);
        return;
      default:
        context.respond(received, 200);
    }
  }

  if (incoming) respondToInvite(180);
  else void call(start.uri, start.extraHeaders);

  return {
    incoming,
    callId,
    audio,
    receive,
    get state() {
      return state;
    },
    get status() {
      return status;
    },
    get endedByPeer() {
      return endedByPeer;
    },
    get message() {
      return message;
    },
    get peerDirection() {
      return peerDirection;
    },
    get held() {
      return direction !== 'sendrecv';
    },
    get callerNumber() {
      return userPart(incoming ? remote : local);
    },
    get callerName() {
      return displayName(incoming ? remote : local);
    },
    answer,
    reject(code) {
      if (state !== 'ringing' || !incoming) return;
      respondToInvite(code);
      become('ended');
    },
    hangUp() {
      if (state === 'up') void request('BYE');
      else if (incoming) respondToInvite(603);
      else context.cancel();
      become('ended');
    },
    transfer(to) {
      const host = /@([^;>]*)/.exec(local)?.[1] ?? '';
      const uri =
        typeof to === 'string'
          ? `<sip:${to}@${host}>`
          : `<sip:${userPart(remote)}@${host}?Replaces=${encodeURIComponent(to.replaces)}>`;
      return request('REFER', [['Refer-To', uri]]);
    },
    transferStatuses,
    get replaces() {
      return `${callId};to-tag=${tagOf(remote)};from-tag=${localTag}`;
    },
    hold: () => reinvite('sendonly'),
    retrieve: () => reinvite('sendrecv'),
    request,
    waitFor(wanted, milliseconds = 5_000) {
      return new Promise((resolve, reject) => {
        const check = () => {
          if (state !== wanted && state !== 'ended') return;
          clearTimeout(patience);
          waiters.delete(check);
          if (state === wanted) resolve();
          else reject(new Error(`call ended (${status}) before it was ${wanted}`));
        };
        const patience = setTimeout(() => {
          waiters.delete(check);
          reject(new Error(`call is ${state}, not ${wanted}, after ${milliseconds} ms`));
        }, milliseconds);
        waiters.add(check);
        check();
      });
    },
    level: (hertz, milliseconds = 400) => audio.level(hertz, milliseconds),
    sendDigits: text => audio.sendDigits(text),
    get digits() {
      return audio.digits;
    },
  };
}
