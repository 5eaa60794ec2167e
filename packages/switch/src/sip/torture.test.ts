import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import {
  callIdOf,
  fromOf,
  fromTag,
  headerValues,
  type SipMessage,
  sequenceMethod,
  sequenceOf,
  toTag,
  viaOf,
} from './message.ts';
import { parseMessage } from './parse.ts';
import { branchOf } from './via.ts';

function read(name: string) {
  return parseMessage(readFileSync(new URL(`fixtures/rfc4475/${name}.dat`, import.meta.url)), 'datagram');
}

function facts(message: SipMessage) {
  return {
    method: message.type === 'request' ? message.method : message.status,
    uri: message.type === 'request' ? message.uri : message.reason,
    fromTag: fromTag(message),
    fromName: fromOf(message).displayName,
    toTag: toTag(message),
    branch: branchOf(viaOf(message)),
    vias: headerValues(message, 'via').length,
    sequence: sequenceOf(message),
    sequenceMethod: sequenceMethod(message),
    callId: callIdOf(message),
    body: message.body.length,
  };
}

/** RFC 4475 §3.1.1: valid, however strange; with what a right reading finds. */
const valid: Record<string, Partial<ReturnType<typeof facts>>> = {
  wsinv: {
    method: 'INVITE',
    uri: 'sip:vivekg@chair-dnrc.example.com;unknownparam',
    fromTag: '98asjd8',
    toTag: '1918181833n',
    branch: '390skdjuw',
    vias: 3,
    sequence: 9,
    callId: 'wsinv.ndaksdj@192.0.2.1',
    body: 150,
  },
  intmeth: {
    method: "!interesting-Method0123456789_*+`.%indeed'~",
    fromTag: "_token~1'+`*%!-.",
    sequenceMethod: "!interesting-Method0123456789_*+`.%indeed'~",
  },
  esc01: { method: 'INVITE', sequence: 234234, fromTag: '938' },
  escnull: { method: 'REGISTER', sequence: 14398234 },
  esc02: { method: 'RE%47IST%45R', sequenceMethod: 'RE%47IST%45R' },
  lwsdisp: { method: 'OPTIONS', fromTag: '323', fromName: 'caller' },
  longreq: { method: 'INVITE', vias: 34 },
  dblreq: { method: 'REGISTER', body: 0 },
  semiuri: { method: 'OPTIONS', uri: 'sip:user;par=u%40example.net@example.com' },
  transports: { method: 'OPTIONS', vias: 5 },
  mpart01: { method: 'MESSAGE' },
  unreason: { method: 200 },
  noreason: { method: 100, uri: '' },
  // §3.2-§3.4: wrong above the grammar only; the layer above decides.
  badbranch: { method: 'OPTIONS', branch: 'z9hG4bK' },
  unkscm: { uri: 'nobodyKnowsThisScheme:totallyopaquecontent' },
  unksm2: { method: 'REGISTER' },
  bext01: { method: 'OPTIONS' },
  invut: { method: 'INVITE' },
  regaut01: { method: 'REGISTER' },
  bcast: { method: 200, vias: 2 },
  zeromf: { method: 'OPTIONS' },
  cparam01: { method: 'REGISTER' },
  cparam02: { method: 'REGISTER' },
  regescrt: { method: 'REGISTER' },
  sdp01: { method: 'INVITE' },
  inv2543: { method: 'INVITE', fromTag: '' },
  novelsc: { uri: 'soap.beep://192.0.2.103:3002' },
  // §3.1.2.11 and §3.1.2.14: wrong in a header that is not read, or readable in one way only.
  baddate: { method: 'INVITE' },
  badaspec: { method: 'OPTIONS', fromTag: '433423' },
};

const refused: Record<string, number> = {
  badinv01: 400,
  clerr: 400,
  ncl: 400,
  scalar02: 400,
  quotbal: 400,
  ltgtruri: 400,
  lwsruri: 400,
  lwsstart: 400,
  trws: 400,
  escruri: 400,
  regbadct: 400,
  baddn: 400,
  badvers: 505,
  mismatch01: 400,
  mismatch02: 400,
  insuf: 400,
  multi01: 400,
  mcl01: 400,
};

const validCases = Object.entries(valid);
const refusedCases = Object.entries(refused);

describe('RFC 4475 torture messages', () => {
  test.each(validCases)('SIP-01 %s is read as it is meant', (name, expected) => {
    const parsed = read(name);
    if (parsed.type !== 'message') throw new Error(`${name} was not accepted: ${parsed.why}`);
    expect(facts(parsed.message)).toMatchObject(expected);
  });

  test.each(refusedCases)('SIP-02 %s is refused with %i', (name, status) => {
    expect(read(name)).toMatchObject({ type: 'refused', status });
  });

  test.each(['scalarlg', 'bigcode'])('SIP-02 %s is a response and dropped', name => {
    expect(read(name)).toMatchObject({ type: 'dropped', tooLarge: false });
  });
});
