import type { Clock } from '../sip/clock.ts';
import type { Peer } from './linked-network.ts';
import { type PhoneMessage, sequence, tagOf, uriOf, value } from './phone-message.ts';
import { speech } from './switch-bench.ts';

/** What a phone in virtual time does, decided by chance. */
export interface Habits {
  /** status that it answers a call with */
  finalStatus(): number;
  ringMilliseconds(): number;
  talkMilliseconds(): number;
  /** as caller: gives up while it rings instead of waiting */
  givesUp(): boolean;
}

/** A phone by the test's clock that repeats itself as RFC 3261 asks, for networks that lose what is sent. */
export interface VirtualPhone {
  call(number: string): void;
  /** reads what has arrived */
  step(): void;
}

interface Call {
  callId: string;
  ended: boolean;
  stopRepeating: () => void;
}

const sdp: [string, string] = ['Content-Type', 'application/sdp'];

export function createVirtualPhone(peer: Peer, clock: Clock, habits: Habits): VirtualPhone {
  const calls = new Map<string, Call>();
  /** the last answer to each request, for when it comes again */
  const answers = new Map<string, () => void>();
  let count = 0;

  /** Does it now and again with growing pauses, until stopped or 32 seconds are over. */
  function repeat(act: () => void): () => void {
    let stopped = false;
    const again = (pause: number, waited: number) => {
      if (stopped || waited > 32_000) return;
      act();
      clock.after(pause, () => again(Math.min(2 * pause, 4_000), waited + pause));
    };
    again(500, 0);
    return () => {
      stopped = true;
    };
  }

  function open(callId: string): Call {
    const call = { callId, ended: false, stopRepeating: () => {} };
    calls.set(callId, call);
    return call;
  }

  function finish(call: Call): void {
    call.ended = true;
    call.stopRepeating();
  }

  // ---- called

  function onInvite(invite: PhoneMessage): void {
    const callId = value(invite, 'call-id');
    const tagged: [string, string][] = [
      [
        'To',
        tagOf(value(invite, 'to')) === '' ? `${value(invite, 'to')};tag=p${++count}` : value(invite, 'to'),
      ],
      ['Contact', `<sip:p@${peer.address}:${peer.port}>`],
    ];
    const call = calls.get(callId) ?? open(callId);
    const within = tagOf(value(invite, 'to')) !== '';
    const say = (status: number) =>
      peer.respond(
        invite,
        status,
        status === 200 ? [...tagged, sdp] : tagged,
        status === 200 ? speech() : '',
      );
    const key = keyOf(invite);
    const final = (status: number) => {
      call.stopRepeating();
      answers.set(key, () => say(status));
      call.stopRepeating = repeat(() => say(status));
    };
    if (within) {
      final(200);
      return;
    }
    answers.set(key, () => say(180));
    say(180);
    cancels.set(branchOf(invite), () => {
      if (call.ended) return;
      call.ended = true;
      final(487);
    });
    clock.after(habits.ringMilliseconds(), () => {
      if (call.ended) return;
      cancels.delete(branchOf(invite));
      const status = habits.finalStatus();
      final(status);
      if (status >= 300) call.ended = true;
      else clock.after(habits.talkMilliseconds(), () => hangUp(call, invite, tagged[0]?.[1] ?? ''));
    });
  }

  const cancels = new Map<string, () => void>();

  function hangUp(call: Call, invite: PhoneMessage, local: string): void {
    if (call.ended) return;
    finish(call);
    bye(call, uriOf(value(invite, 'contact')), local, value(invite, 'from'), 1);
  }

  function bye(call: Call, target: string, from: string, to: string, number: number): void {
    const via: [string, string] = [
      'Via',
      `SIP/2.0/UDP ${peer.address}:${peer.port};branch=z9hG4bKv${++count}`,
    ];
    const headers: [string, string][] = [
      via,
      ['Max-Forwards', '70'],
      ['From', from],
      ['To', to],
      ['Call-ID', call.callId],
      ['CSeq', `${number} BYE`],
    ];
    call.stopRepeating = repeat(() => peer.request('BYE', target, headers));
    waiting.set(`${call.callId} BYE`, () => call.stopRepeating());
  }

  /** what a final response to one of our requests stops */
  const waiting = new Map<string, (response: PhoneMessage) => void>();

  // ---- calling

  function call(number: string): void {
    const callId = `v${++count}@${peer.address}`;
    const one = open(callId);
    const from = `<sip:v@${peer.address}>;tag=v${count}`;
    const headers = (method: string, to: string, branch: string): [string, string][] => [
      ['Via', `SIP/2.0/UDP ${peer.address}:${peer.port};branch=${branch}`],
      ['Max-Forwards', '70'],
      ['From', from],
      ['To', to],
      ['Call-ID', callId],
      ['CSeq', `1 ${method}`],
      ['Contact', `<sip:v@${peer.address}:${peer.port}>`],
    ];
    const uri = `sip:${number}@127.0.0.1`;
    const branch = `z9hG4bKv${++count}`;
    const invite = () =>
      peer.request('INVITE', uri, [...headers('INVITE', `<${uri}>`, branch), sdp], speech());
    one.stopRepeating = repeat(invite);
    let answered = false;

    function onProvisional(): void {
      if (!answered && habits.givesUp())
        repeatCancel(headers('CANCEL', `<${uri}>`, branch), uri, () => answered);
    }

    function onFinal(response: PhoneMessage): void {
      const to = value(response, 'to');
      const success = response.status < 300;
      const target = success ? uriOf(value(response, 'contact')) : uri;
      peer.request('ACK', target, headers('ACK', to, success ? `z9hG4bKv${++count}` : branch));
      if (answered) return;
      answered = true;
      if (!success) {
        finish(one);
        return;
      }
      clock.after(habits.talkMilliseconds(), () => {
        if (one.ended) return;
        finish(one);
        bye(one, target, from, to, 2);
      });
    }

    waiting.set(`${callId} INVITE`, response => {
      one.stopRepeating();
      if (response.status < 200) onProvisional();
      else onFinal(response);
    });
  }

  function repeatCancel(headers: [string, string][], uri: string, over: () => boolean): void {
    const stop = repeat(() => {
      if (over()) stop?.();
      else peer.request('CANCEL', uri, headers);
    });
  }

  // ---- what arrives

  function receive(message: PhoneMessage): void {
    if (message.status !== 0) {
      waiting.get(`${value(message, 'call-id')} ${message.method}`)?.(message);
      return;
    }
    const known = answers.get(keyOf(message));
    if (known !== undefined) known();
    else receiveNew(message);
  }

  function receiveNew(message: PhoneMessage): void {
    const one = calls.get(value(message, 'call-id'));
    switch (message.method) {
      case 'INVITE':
        onInvite(message);
        return;
      case 'ACK':
        one?.stopRepeating();
        return;
      case 'CANCEL':
        cancels.get(branchOf(message))?.();
        break;
      case 'BYE':
        if (one !== undefined) finish(one);
        break;
      default:
        break;
    }
    const say = () => peer.respond(message, 200);
    answers.set(keyOf(message), say);
    say();
  }

  return {
    call,
    step() {
      for (const message of peer.inbox.splice(0)) receive(message);
    },
  };
}

function branchOf(message: PhoneMessage): string {
  return /branch=([^;\s,]+)/.exec(value(message, 'via'))?.[1] ?? '';
}

function keyOf(message: PhoneMessage): string {
  return `${branchOf(message)} ${message.method} ${sequence(message)}`;
}
