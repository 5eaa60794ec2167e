import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Command, OutsideRules, SwitchTrunk } from '../../control/protocol.ts';
import { callOutside, provideTrunks, trunkOf } from '../../testing/bench-trunk.ts';
import type { Peer } from '../../testing/linked-network.ts';
import { type PhoneMessage, sequence, value } from '../../testing/phone-message.ts';
import { createSwitchBench, dialogHeaders, speech } from '../../testing/switch-bench.ts';

const sdpType: [string, string] = ['Content-Type', 'application/sdp'];

async function withTrunks(
  trunks: SwitchTrunk[],
  options: Parameters<typeof createSwitchBench>[0] & { outside?: OutsideRules } = {},
) {
  const bench = await createSwitchBench(options);
  const operator = bench.network.peer('203.0.113.5');
  const second = bench.network.peer('203.0.113.6');
  provideTrunks(bench, trunks, options.outside);
  await bench.pass();

  function dial(number: string, changes: Partial<Extract<Command, { type: 'originate' }>> = {}) {
    return callOutside(bench, `to ${number}`, { to: { number }, callerName: 'Anna', ...changes });
  }
  /** calls the number and gives the INVITE */
  async function invited(number: string, peer = operator, changes: Parameters<typeof dial>[1] = {}) {
    expect(dial(number, changes)).toBeUndefined();
    await bench.pass();
    return peer.take('INVITE');
  }
  async function arriving(peer: Peer, headers: [string, string][] = [], uri = 'sip:5000@127.0.0.1') {
    peer.request(
      'INVITE',
      uri,
      [
        ...headers,
        ...dialogHeaders('INVITE', 1).filter(([name]) => !headers.some(([own]) => own === name)),
        sdpType,
      ],
      speech(),
    );
    await bench.pass();
    return bench.reports.findLast(report => report.type === 'arrived');
  }
  const status = () => bench.made.control.stats().trunks;
  return { ...bench, operator, second, dial, invited, arriving, status };
}

async function refuse(peer: Peer, request: PhoneMessage, status: number, headers: [string, string][] = []) {
  peer.respond(request, status, [['To', `${value(request, 'to')};tag=t`], ...headers]);
}

/** Does the Authorization prove that its sender knows the password? */
function proves(request: PhoneMessage, header: string, user: string, password: string): boolean {
  const text = value(request, header);
  const field = (name: string) => new RegExp(`(?:^Digest |, )${name}="?([^",]*)"?`).exec(text)?.[1] ?? '';
  const algorithm = field('algorithm') === 'SHA-256' ? 'sha256' : 'md5';
  const digest = (plain: string) => createHash(algorithm).update(plain).digest('hex');
  const first = digest(`${user}:${field('realm')}:${password}`);
  const second = digest(`${request.method}:${request.start.split(' ')[1]}`);
  const middle =
    field('qop') === '' ? field('nonce') : `${field('nonce')}:${field('nc')}:${field('cnonce')}:auth`;
  return field('username') === user && field('response') === digest(`${first}:${middle}:${second}`);
}

const account = { user: 'acme', password: 'se"cret' };
const challenge = (nonce: string, more = ', qop="auth"'): [string, string][] => [
  ['WWW-Authenticate', `Digest realm="operator", nonce="${nonce}"${more}`],
];
const proxyChallenge = (nonce: string): [string, string][] => [
  [
    'Proxy-Authenticate',
    `Digest realm="operator", nonce="${nonce}", algorithm=MD5, qop="auth,auth-int", opaque="o"`,
  ],
];

describe('a call to the outside', () => {
  test('TRK-01 goes to the first trunk with a pattern for the number, as that pattern says', async () => {
    const numbers = [
      { pattern: '^00(\\d+)$', replacement: '+$1' },
      { pattern: '^0(\\d+)$', replacement: '+46$1' },
    ];
    const { invited, second } = await withTrunks([
      trunkOf({ numbers }),
      trunkOf({ name: 'rest', uri: 'sip:9{number}@203.0.113.6:5060' }),
    ]);
    expect((await invited('0701234567')).start).toBe('INVITE sip:+46701234567@203.0.113.5 SIP/2.0');
    expect((await invited('0049301')).start).toBe('INVITE sip:+49301@203.0.113.5 SIP/2.0');
    expect((await invited('5551', second)).start).toBe('INVITE sip:95551@203.0.113.6:5060 SIP/2.0');
  });

  test('TRK-01 a number that no trunk takes is unknown', async () => {
    const { dial, report, reports } = await withTrunks([
      trunkOf({ numbers: [{ pattern: '^0', replacement: '0' }] }),
    ]);
    expect(dial('5551')).toBeUndefined();
    expect(report('cleared')).toEqual({
      type: 'cleared',
      leg: 'to 5551',
      cause: 'unknownNumber',
      byRemote: false,
    });
    dial('#31#');
    expect(reports.at(-1)).toMatchObject({ cause: 'unknownNumber' });
  });

  test.each([
    [503, 'answers 503'],
    [500, 'is broken'],
    [408, 'hears nothing from its own next hop'],
    [403, undefined],
    [404, undefined],
    [486, undefined],
  ])('TRK-02 %i: the next trunk is tried if this one %s', async (code, moves) => {
    const { invited, operator, second, pass, report } = await withTrunks([
      trunkOf(),
      trunkOf({ name: 'second', uri: 'sip:{number}@203.0.113.6' }),
    ]);
    await refuse(operator, await invited('0701'), code);
    await pass();
    if (moves === undefined) expect(report('cleared')).toMatchObject({ byRemote: true });
    else expect(second.take('INVITE').start).toContain('sip:0701@203.0.113.6');
  });

  test('TRK-02 a trunk that says nothing is given up after six seconds, one that rings is not', async () => {
    const { invited, operator, second, pass, reports } = await withTrunks([
      trunkOf(),
      trunkOf({ name: 'second', uri: 'sip:{number}@203.0.113.6' }),
    ]);
    await invited('0701');
    operator.inbox.length = 0;
    await pass(6_000);
    await pass();
    const invite = second.take('INVITE');
    second.respond(invite, 180, [
      ['To', `${value(invite, 'to')};tag=t`],
      ['Contact', '<sip:x@203.0.113.6>'],
    ]);
    await pass();
    await refuse(second, invite, 503);
    await pass();
    expect(reports.map(({ type }) => type)).toEqual(['alerting', 'cleared']);
  });

  test('TRK-02 an answer of a trunk that was given up is acknowledged and ended', async () => {
    const { dial, operator, second, pass, reports } = await withTrunks([
      trunkOf(),
      trunkOf({ name: 'second', uri: 'sip:{number}@203.0.113.6' }),
    ]);
    dial('0701');
    await pass(6_000);
    await pass();
    const late = operator.take('INVITE');
    operator.inbox.length = 0;
    expect(second.take('INVITE')).toBeDefined();
    operator.respond(
      late,
      200,
      [['To', `${value(late, 'to')};tag=t`], ['Contact', '<sip:x@203.0.113.5>'], sdpType],
      speech(),
    );
    await pass();
    expect(operator.inbox.map(({ method }) => method)).toEqual(['ACK', 'BYE']);
    expect(reports).toEqual([]);
  });

  test('TRK-03 a challenge is answered, and later requests carry credentials at once', async () => {
    const { invited, operator, pass, perform, report } = await withTrunks([
      trunkOf({ ...account, uri: 'sip:{number}@sip.operator.example', proxy: '203.0.113.5:5060' }),
    ]);
    const first = await invited('0701');
    expect(first.start).toBe('INVITE sip:0701@sip.operator.example SIP/2.0');
    expect(value(first, 'route')).toBe('<sip:203.0.113.5:5060;lr>');
    expect(value(first, 'from')).toContain('@sip.operator.example>');
    await refuse(operator, first, 407, proxyChallenge('n1'));
    await pass();
    expect(operator.take('ACK')).toBeDefined();
    const again = operator.take('INVITE');
    expect(proves(again, 'proxy-authorization', 'acme', 'se"cret')).toBe(true);
    expect(value(again, 'proxy-authorization')).toContain('opaque="o"');
    expect(value(again, 'call-id')).toBe(value(first, 'call-id'));
    expect(sequence(again)).toBe(sequence(first) + 1);
    operator.respond(
      again,
      200,
      [['To', `${value(again, 'to')};tag=t`], ['Contact', '<sip:x@203.0.113.5>'], sdpType],
      speech(),
    );
    await pass();
    expect(report('answered')).toBeDefined();
    perform({ type: 'clear', leg: 'to 0701', cause: 'normal' });
    await pass();
    const bye = operator.take('BYE');
    expect(proves(bye, 'proxy-authorization', 'acme', 'se"cret')).toBe(true);
    // a nonce that was valid once need not be so for ever
    await refuse(operator, bye, 407, proxyChallenge('n2'));
    await pass();
    const repeated = operator.take('BYE');
    expect(value(repeated, 'proxy-authorization')).toContain('nonce="n2"');
    expect(sequence(repeated)).toBe(sequence(bye) + 1);
  });

  test.each([
    ['SHA-256', ', algorithm=SHA-256, qop="auth"'],
    ['no qop, as RFC 2069 had it', ''],
  ])('TRK-03 with %s too', async (_what, more) => {
    const { invited, operator, pass } = await withTrunks([trunkOf(account)]);
    await refuse(operator, await invited('0701'), 401, challenge('n', more));
    await pass();
    expect(proves(operator.take('INVITE'), 'authorization', 'acme', 'se"cret')).toBe(true);
  });

  test('TRK-03 a peer that is never content is left after three tries, and so is one that asks for what we do not know', async () => {
    const { invited, operator, pass, reports } = await withTrunks([trunkOf(account)]);
    let invite = await invited('0701');
    for (let i = 0; i < 3; i++) {
      await refuse(operator, invite, 401, challenge(`n${i}`));
      await pass();
      invite = operator.take('INVITE');
    }
    await refuse(operator, invite, 401, challenge('n9'));
    await pass();
    expect(reports.at(-1)).toMatchObject({ type: 'cleared', cause: 'unreachable' });
    await refuse(operator, await invited('0702'), 401, challenge('n', ', algorithm=MD5-sess, qop="auth"'));
    await pass();
    expect(reports.at(-1)).toMatchObject({ type: 'cleared', leg: 'to 0702' });
  });

  test('TRK-04 shows and asserts the main number for our own, and a caller from outside as configured', async () => {
    const main = { mainNumber: '+46812345', mainName: 'Acme' };
    const { invited, ...bench } = await withTrunks([trunkOf(main)]);
    const own = await invited('0701');
    expect(value(own, 'from')).toMatch(/^"Acme" <sip:\+46812345@127\.0\.0\.1>/);
    expect(value(own, 'p-asserted-identity')).toBe('<sip:+46812345@127.0.0.1>');
    expect(value(own, 'privacy')).toBe('');
    const outsider = { callerNumber: '0709', callerName: 'Customer' };
    expect(value(await invited('0702', undefined, outsider), 'from')).toMatch(/^"Customer" <sip:0709@/);
    provideTrunks({ ...bench, invited } as never, [trunkOf({ ...main, showCallers: false })]);
    const hidden = await invited('0703', undefined, outsider);
    expect(value(hidden, 'from')).toMatch(/^"Acme" <sip:\+46812345@/);
  });

  test('TRK-05 anonymous by configuration or by the code before the number; the operator still learns who it is', async () => {
    const { invited } = await withTrunks([trunkOf({ mainNumber: '+46812345' })]);
    const withheld = await invited('#31#0701');
    expect(withheld.start).toContain('sip:0701@');
    expect(value(withheld, 'from')).toMatch(/^"Anonymous" <sip:anonymous@anonymous\.invalid>/);
    expect(value(withheld, 'privacy')).toBe('id');
    expect(value(withheld, 'p-asserted-identity')).toContain('+46812345');
    const { invited: always } = await withTrunks([trunkOf({ anonymous: true })]);
    expect(value(await always('0701'), 'privacy')).toBe('id');
  });

  test('TRK-06 an emergency number is called as it is and never anonymously, by a trunk that seems down if there is no other', async () => {
    const numbers = [{ pattern: '^1(\\d+)$', replacement: '+461$1' }];
    const { invited, operator, second, pass, status } = await withTrunks([
      trunkOf({ numbers, anonymous: true, mainNumber: '+46812345', keepAliveSeconds: 60 }),
      trunkOf({
        name: 'second',
        uri: 'sip:{number}@203.0.113.6',
        numbers: [{ pattern: '^9', replacement: '9' }],
      }),
    ]);
    await pass(9_000);
    expect(status().map(({ up }) => up)).toEqual([false, true]);
    const elsewhere = await invited('112', second);
    expect(elsewhere.start).toContain('sip:112@203.0.113.6');
    await refuse(second, elsewhere, 503);
    await pass();
    const invite = operator.take('INVITE');
    expect(invite.start).toContain('sip:112@203.0.113.5');
    expect(value(invite, 'privacy')).toBe('');
    expect(value(invite, 'from')).toContain('+46812345');
    expect((await invited('#31#112', second)).start).toContain('sip:112@');
  });
});

describe('a call from the outside', () => {
  test('TRK-10 its number is that of the Request-URI or of To, as configured', async () => {
    const headers: [string, string][] = [['To', '<sip:0812345@operator.example>']];
    const plain = await withTrunks([trunkOf()]);
    expect(await plain.arriving(plain.operator, headers)).toMatchObject({
      calledNumber: '5000',
      extension: '',
    });
    const byTo = await withTrunks([trunkOf({ calledNumber: 'to' })]);
    expect(await byTo.arriving(byTo.operator, headers)).toMatchObject({ calledNumber: '0812345' });
  });

  test.each([
    ['P-Asserted-Identity', [['P-Asserted-Identity', '"Vouched" <sip:+4670@x>']], '+4670', 'Vouched'],
    ['a telephone number', [['P-Asserted-Identity', '<tel:+46-70;cpc=ordinary>']], '+4670', 'Outside'],
    [
      'the first of two that can be read',
      [
        ['P-Asserted-Identity', '<bad'],
        ['P-Asserted-Identity', '<sip:1@x>'],
      ],
      '1',
      'Outside',
    ],
    ['Remote-Party-ID', [['Remote-Party-ID', '"R" <sip:0709@x>;party=calling;privacy=off']], '0709', 'R'],
    ['Remote-Party-ID that is private', [['Remote-Party-ID', '<sip:0709@x>;privacy=full']], '', 'Anonymous'],
    [
      'Privacy',
      [
        ['P-Asserted-Identity', '<sip:+4670@x>'],
        ['Privacy', 'critical;id'],
      ],
      '',
      'Anonymous',
    ],
    [
      'Privacy: none',
      [
        ['P-Asserted-Identity', '<sip:+4670@x>'],
        ['Privacy', 'none'],
      ],
      '+4670',
      'Outside',
    ],
    ['an anonymous From', [['From', '"Anonymous" <sip:anonymous@anonymous.invalid>;tag=a']], '', 'Anonymous'],
    ['nothing but From', [], '0701234567', 'Outside'],
  ] as [string, [string, string][], string, string][])(
    'TRK-11 %s says who calls',
    async (_what, headers, number, name) => {
      const { arriving, operator } = await withTrunks([trunkOf()]);
      expect(await arriving(operator, headers)).toMatchObject({ callerNumber: number, callerName: name });
    },
  );

  test('TRK-12 is let in from the address and port of the trunk alone, unless any port will do', async () => {
    const { arriving, network, operator } = await withTrunks([trunkOf()]);
    const elsewhere = network.peer('203.0.113.5', 33_000);
    const connected = network.peer('203.0.113.5', 40_000, 'TCP');
    const stranger = network.peer('203.0.113.77');
    for (const peer of [elsewhere, connected, stranger]) {
      expect(await arriving(peer, [['Call-ID', `${peer.port}${peer.address}`]])).toBeUndefined();
      expect(peer.inbox.map(({ status }) => status)).toEqual([401]);
    }
    expect(await arriving(operator)).toBeDefined();
    const open = await withTrunks([trunkOf({ anySourcePort: true, addresses: ['203.0.113.77'] })]);
    expect(await open.arriving(open.network.peer('203.0.113.77', 33_000))).toBeDefined();
  });

  test('TRK-12 a trunk over TCP calls from any port of a connection', async () => {
    const { arriving, network } = await withTrunks([
      trunkOf({ uri: 'sip:{number}@203.0.113.5;transport=tcp' }),
    ]);
    expect(await arriving(network.peer('203.0.113.5', 40_000, 'TCP'))).toBeDefined();
  });
});

test('TRK-26 a call counts at the trunk that carries it, in both directions, from ringing to its end', async () => {
  const { invited, arriving, perform, operator, second, pass, status } = await withTrunks([
    trunkOf(),
    trunkOf({ name: 'second', uri: 'sip:{number}@203.0.113.6' }),
  ]);
  const calls = () => Object.fromEntries(status().map(each => [each.name, each.calls]));
  expect(calls()).toEqual({ operator: 0, second: 0 });
  const first = await invited('0701');
  expect(calls()).toEqual({ operator: 1, second: 0 });
  await refuse(operator, first, 503);
  await pass();
  second.take('INVITE');
  expect(calls()).toEqual({ operator: 0, second: 1 });
  expect(await arriving(operator)).toBeDefined();
  expect(calls()).toEqual({ operator: 1, second: 1 });
  perform({ type: 'clear', leg: 'to 0701', cause: 'normal' });
  expect(calls()).toEqual({ operator: 1, second: 0 });
});
