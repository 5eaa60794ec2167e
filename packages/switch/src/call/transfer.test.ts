import { describe, expect, test } from 'vitest';
import { type BenchDialog, calledDialog, callingDialog } from '../testing/bench-dialog.ts';
import type { Peer } from '../testing/linked-network.ts';
import { sequence, value } from '../testing/phone-message.ts';
import { createSwitchBench, type SwitchBench } from '../testing/switch-bench.ts';

/** The phone of 1001 in a call that the switch placed to it: leg "a". */
async function inCall(): Promise<SwitchBench & { phone: Peer; dialog: BenchDialog }> {
  const bench = await createSwitchBench();
  const phone = bench.network.peer('192.0.2.20');
  await bench.register(phone, '1001');
  const dialog = await calledDialog(bench, phone, '1001', 'a');
  bench.reports.length = 0;
  return { ...bench, phone, dialog };
}

function replacing({ callId, localTag, remoteTag }: BenchDialog, more = ''): string {
  const text = `${callId};to-tag=${remoteTag};from-tag=${localTag}${more}`;
  return `<sip:5000@127.0.0.1?Replaces=${encodeURIComponent(text)}>`;
}

describe('a transfer that the phone asks for', () => {
  test('SIP-40 to a number is accepted, reported, and told how it went', async () => {
    const { phone, dialog, report, perform, pass } = await inCall();
    await dialog.request('REFER', [['Refer-To', '<sip:1002@127.0.0.1>']]);
    expect(value(phone.take(202), 'contact')).toContain('sip:switch@127.0.0.1:5060');
    const first = phone.take('NOTIFY');
    expect(value(first, 'event')).toBe('refer');
    expect(value(first, 'subscription-state')).toBe('active;expires=180');
    expect(value(first, 'content-type')).toBe('message/sipfrag;version=2.0');
    expect(first.body).toBe('SIP/2.0 100 Trying\r\n');
    phone.respond(first, 200);
    expect(report('transferRequested')).toEqual({
      type: 'transferRequested',
      leg: 'a',
      to: { number: '1002' },
    });
    expect(perform({ type: 'answerTransfer', leg: 'a', done: true })).toBeUndefined();
    await pass();
    const last = phone.take('NOTIFY');
    expect(value(last, 'subscription-state')).toBe('terminated;reason=noresource');
    expect(last.body).toBe('SIP/2.0 200 OK\r\n');
    expect(sequence(last)).toBeGreaterThan(sequence(first));
  });

  test('SIP-40 a transfer that fails is told as 503, and the call goes on', async () => {
    const { phone, dialog, perform, pass, reports } = await inCall();
    await dialog.request('REFER', [['Refer-To', 'sip:%2B46701@127.0.0.1']]);
    expect(reports).toEqual([{ type: 'transferRequested', leg: 'a', to: { number: '+46701' } }]);
    phone.respond(phone.take('NOTIFY'), 200);
    perform({ type: 'answerTransfer', leg: 'a', done: false });
    await pass();
    expect(phone.take('NOTIFY').body).toBe('SIP/2.0 503 Service Unavailable\r\n');
    await dialog.request('OPTIONS');
    expect(phone.take(200).method).toBe('OPTIONS');
  });

  test('SIP-40 the last NOTIFY waits for the answer to the first', async () => {
    const { phone, dialog, perform, pass } = await inCall();
    await dialog.request('REFER', [['Refer-To', '<sip:1002@127.0.0.1>']]);
    const first = phone.take('NOTIFY');
    perform({ type: 'answerTransfer', leg: 'a', done: true });
    await pass();
    expect(phone.inbox.filter(({ method }) => method === 'NOTIFY')).toEqual([]);
    phone.respond(first, 200);
    await pass();
    expect(phone.take('NOTIFY').body).toContain('200 OK');
  });

  test('SIP-40 the second NOTIFY subscription of a dialog carries the CSeq of its REFER', async () => {
    const { phone, dialog, perform, pass } = await inCall();
    for (const event of ['refer', 'refer;id=102']) {
      await dialog.request('REFER', [['Refer-To', '<sip:1002@127.0.0.1>']]);
      const first = phone.take('NOTIFY');
      expect(value(first, 'event')).toBe(event);
      phone.respond(first, 200);
      await pass();
      perform({ type: 'answerTransfer', leg: 'a', done: false });
      await pass();
      phone.respond(phone.take('NOTIFY'), 200);
      await pass();
    }
  });

  test('SIP-40 a name by which the phone registered is ours', async () => {
    const bench = await createSwitchBench();
    const phone = bench.network.peer('192.0.2.20');
    await bench.register(phone, '1001');
    const dialog = await calledDialog(bench, phone, '1001', 'a');
    await dialog.request('REFER', [['Refer-To', '<sip:1002@cordboard>']]);
    expect(phone.take(202)).toBeDefined();
  });

  test('SIP-41 to the party of another call of the phone names that leg', async () => {
    const { phone, dialog, report, ...bench } = await inCall();
    const other = await callingDialog(bench as SwitchBench, phone, '1001', '1002');
    await dialog.request('REFER', [['Refer-To', replacing(other)]]);
    expect(phone.take(202)).toBeDefined();
    expect(report('transferRequested')).toEqual({
      type: 'transferRequested',
      leg: 'a',
      to: { leg: other.leg },
    });
  });

  test('SIP-41 the other call may still be ringing', async () => {
    const { phone, dialog, report, ...bench } = await inCall();
    const other = await callingDialog(bench as SwitchBench, phone, '1001', '1002', false);
    await dialog.request('REFER', [['Refer-To', replacing(other, ';early-only')]]);
    expect(report('transferRequested').to).toEqual({ leg: other.leg });
  });

  test.each([
    ['a wrong tag of ours', (text: string) => text.replace('to-tag%3D', 'to-tag%3Dx'), 481],
    ['a wrong tag of the phone', (text: string) => text.replace('from-tag%3D', 'from-tag%3Dx'), 481],
    ['an unknown Call-ID', (text: string) => text.replace('Replaces=', 'Replaces=other'), 481],
    ['the tags the wrong way round', swapTags, 481],
    ['no tags', (text: string) => text.replace(/%3B.*>/, '>'), 400],
    ['a broken escape', (text: string) => text.replace('%3B', '%zz'), 400],
    ['two Replaces', (text: string) => text.replace(/\?(.*)>/, '?$1&$1>'), 400],
    ['only an early dialog', (text: string) => text.replace('>', '%3Bearly-only>'), 486],
  ])('SIP-41 Replaces with %s is refused', async (_what, change, status) => {
    const { phone, dialog, reports, ...bench } = await inCall();
    const other = await callingDialog({ ...bench, reports } as SwitchBench, phone, '1001', '1002');
    reports.length = 0;
    await dialog.request('REFER', [['Refer-To', change(replacing(other))]]);
    expect(phone.take(status).method).toBe('REFER');
    expect(reports).toEqual([]);
  });

  test('SIP-41 a call cannot be transferred to itself', async () => {
    const { phone, dialog } = await inCall();
    await dialog.request('REFER', [['Refer-To', replacing(dialog)]]);
    expect(phone.take(400)).toBeDefined();
  });

  test.each([
    ['another host', [['Refer-To', '<sip:1002@203.0.113.1>']], 404],
    ['nobody', [['Refer-To', '<sip:127.0.0.1>']], 404],
    ['control characters', [['Refer-To', '<sip:10%0D%0A02@127.0.0.1>']], 404],
    ['an endless number', [['Refer-To', `<sip:${'1'.repeat(200)}@127.0.0.1>`]], 404],
    ['a web page', [['Refer-To', '<http://127.0.0.1/>']], 416],
    ['something else than a call', [['Refer-To', '<sip:1002@127.0.0.1;method=BYE>']], 603],
    ['nothing', [], 400],
    [
      'two places',
      [
        ['Refer-To', '<sip:1002@127.0.0.1>'],
        ['Refer-To', '<sip:1003@127.0.0.1>'],
      ],
      400,
    ],
    ['what cannot be read', [['Refer-To', '<sip:1002@127.0.0.1']], 400],
    ['a list', [['Refer-To', '<sip:1002@127.0.0.1>, <sip:1003@127.0.0.1>']], 400],
  ] as [string, [string, string][], number][])(
    'SIP-42 REFER to %s is refused',
    async (_what, headers, status) => {
      const { phone, dialog, reports } = await inCall();
      await dialog.request('REFER', headers);
      expect(phone.take(status).method).toBe('REFER');
      expect(reports).toEqual([]);
      expect(phone.inbox).toEqual([]);
    },
  );

  test('SIP-42 a second REFER while one is pending gets 491, a flood of them as well', async () => {
    const { phone, dialog, reports, perform, pass } = await inCall();
    for (let i = 0; i < 200; i++) await dialog.request('REFER', [['Refer-To', '<sip:1002@127.0.0.1>']]);
    expect(phone.inbox.filter(({ status }) => status === 491)).toHaveLength(199);
    expect(reports).toHaveLength(1);
    perform({ type: 'answerTransfer', leg: 'a', done: false });
    await pass();
    await dialog.request('REFER', [['Refer-To', '<sip:1002@127.0.0.1>']]);
    expect(reports).toHaveLength(2);
  });

  test('SIP-43 with Refer-Sub: false nothing is told', async () => {
    const { phone, dialog, perform, pass, report } = await inCall();
    await dialog.request('REFER', [
      ['Refer-To', '<sip:1002@127.0.0.1>'],
      ['Refer-Sub', 'false'],
      ['Require', 'norefersub'],
    ]);
    expect(value(phone.take(202), 'refer-sub')).toBe('false');
    expect(report('transferRequested').to).toEqual({ number: '1002' });
    expect(perform({ type: 'answerTransfer', leg: 'a', done: true })).toBeUndefined();
    await pass();
    expect(phone.inbox).toEqual([]);
  });

  test('SIP-44 a phone that hangs up meanwhile is told the outcome all the same', async () => {
    const { phone, dialog, perform, pass, report } = await inCall();
    await dialog.request('REFER', [['Refer-To', '<sip:1002@127.0.0.1>']]);
    phone.respond(phone.take('NOTIFY'), 200);
    await dialog.request('BYE');
    expect(report('cleared')).toMatchObject({ leg: 'a', byRemote: true });
    expect(perform({ type: 'answerTransfer', leg: 'a', done: true })).toBeUndefined();
    await pass();
    expect(phone.take('NOTIFY').body).toContain('200 OK');
    expect(perform({ type: 'answerTransfer', leg: 'a', done: true })).toBe('unknownLeg');
  });

  test('SIP-44 a leg that is cleared without an answer has its transfer failed first', async () => {
    const { phone, dialog, perform, pass } = await inCall();
    await dialog.request('REFER', [['Refer-To', '<sip:1002@127.0.0.1>']]);
    phone.respond(phone.take('NOTIFY'), 200);
    await pass();
    perform({ type: 'clear', leg: 'a', cause: 'normal' });
    await pass();
    expect(phone.inbox.filter(({ status }) => status === 0).map(({ method }) => method)).toEqual([
      'NOTIFY',
      'BYE',
    ]);
    expect(phone.take('NOTIFY').body).toContain('503');
  });

  test('SIP-44 what nobody answers ends by itself', async () => {
    const { phone, dialog, pass, perform, made } = await inCall();
    await dialog.request('REFER', [['Refer-To', '<sip:1002@127.0.0.1>']]);
    phone.respond(phone.take('NOTIFY'), 200);
    await pass(180_000);
    expect(phone.take('NOTIFY').body).toContain('503');
    expect(perform({ type: 'answerTransfer', leg: 'a', done: true })).toBe('wrongState');
    expect(made.control.stats().currentLegs).toBe(1);
  });

  test('SIP-44 a phone that refuses the NOTIFY is told nothing more', async () => {
    const { phone, dialog, perform, pass } = await inCall();
    await dialog.request('REFER', [['Refer-To', '<sip:1002@127.0.0.1>']]);
    phone.respond(phone.take('NOTIFY'), 481);
    await pass();
    expect(perform({ type: 'answerTransfer', leg: 'a', done: true })).toBeUndefined();
    await pass();
    expect(phone.inbox.filter(({ method }) => method === 'NOTIFY')).toEqual([]);
  });

  test('SIP-45 somebody outside cannot transfer', async () => {
    const { trunk, callIn, perform, pass, reports, ...rest } = await createSwitchBench();
    const leg = await callIn();
    perform({ type: 'answer', leg, media: { type: 'none' } });
    await pass();
    const tag = /tag=([^;]+)/.exec(value(trunk.take(200), 'to'))?.[1] ?? '';
    const headers = (method: string, number: number): [string, string][] => [
      ['From', '"Outside" <sip:0701234567@192.0.2.9>;tag=outside'],
      ['To', `<sip:5000@127.0.0.1>;tag=${tag}`],
      ['Call-ID', 'call-1@trunk'],
      ['CSeq', `${number} ${method}`],
    ];
    trunk.request('ACK', 'sip:switch@127.0.0.1', headers('ACK', 1));
    trunk.request('REFER', 'sip:switch@127.0.0.1', [
      ...headers('REFER', 2),
      ['Refer-To', '<sip:00900@127.0.0.1>'],
    ]);
    await pass();
    expect(trunk.take(403).method).toBe('REFER');
    expect(reports.some(({ type }) => type === 'transferRequested')).toBe(false);
    expect(rest.made.control.stats().currentLegs).toBe(1);
  });

  test('answering a transfer that nobody asked for is refused', async () => {
    const { perform } = await inCall();
    expect(perform({ type: 'answerTransfer', leg: 'a', done: true })).toBe('wrongState');
    expect(perform({ type: 'answerTransfer', leg: 'b', done: true })).toBe('unknownLeg');
  });
});

describe('an INVITE that would take the place of a call', () => {
  test.each([
    ['of one that is there is declined', '', 603],
    ['of a wrong tag finds nothing', 'x', 481],
    ['only while it rings finds it answered', ';early-only', 486],
    ['without tags is malformed', ';to-tag', 400],
  ])('SIP-46 %s', async (_what, more, status) => {
    const { phone, dialog, ...bench } = await inCall();
    const { callId, localTag, remoteTag } = dialog;
    const replaces = `${callId};to-tag=${remoteTag};from-tag=${localTag}${more}`;
    const attempt = callingDialog(bench as SwitchBench, phone, '1001', '5000', true, [
      ['Replaces', replaces],
      ['Require', 'replaces'],
    ]);
    await expect(attempt).rejects.toThrow('refused');
    expect(phone.take(status).method).toBe('INVITE');
    expect(bench.made.control.stats()).toMatchObject({ currentLegs: 1, refusedArrivals: 1 });
  });

  test('SIP-46 the switch says that it knows Replaces', async () => {
    const bench = await createSwitchBench();
    const phone = bench.network.peer('192.0.2.20');
    phone.request('OPTIONS', 'sip:127.0.0.1', [
      ['From', '<sip:a@b>;tag=1'],
      ['To', '<sip:127.0.0.1>'],
      ['Call-ID', 'o'],
      ['CSeq', '1 OPTIONS'],
    ]);
    await bench.pass();
    const answer = phone.take(200);
    expect(value(answer, 'supported')).toContain('replaces');
    expect(value(answer, 'allow')).toContain('REFER');
  });
});

function swapTags(text: string): string {
  return text.replace('to-tag', 'x-tag').replace('from-tag', 'to-tag').replace('x-tag', 'from-tag');
}
