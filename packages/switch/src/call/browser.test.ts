import { describe, expect, test } from 'vitest';
import { NoBrowsers } from '../media/engine.ts';
import { callExtension } from '../testing/bench-dialog.ts';
import { browserSdp } from '../testing/browser-sdp.ts';
import { createFakeEngine, fakeTransport } from '../testing/fake-engine.ts';
import { value } from '../testing/phone-message.ts';
import { createSwitchBench } from '../testing/switch-bench.ts';

const contact = 'sip:abc@xyz.invalid;transport=ws';

async function withPage(options: Parameters<typeof createSwitchBench>[0] = {}) {
  const bench = await createSwitchBench(options);
  const page = bench.network.peer('127.0.0.1', 41_000, 'WS');
  await bench.register(page, '1001', [`<${contact}>`]);
  bench.report('registered');
  const originate = (leg = 'out') => callExtension(bench, '1001', leg);
  return { ...bench, page, originate };
}

describe('calls with browsers', () => {
  test('WRT-01 a browser is called over its connection at its contact, with an encrypted offer', async () => {
    const { page, originate, pass, engine, report } = await withPage();
    originate();
    await pass();
    const invite = page.take('INVITE');
    expect(invite.start).toBe(`INVITE ${contact} SIP/2.0`);
    expect(value(invite, 'via')).toMatch(/^SIP\/2\.0\/WS /);
    expect(value(invite, 'contact')).toContain(';transport=ws');
    expect(invite.body).toContain('UDP/TLS/RTP/SAVPF 0 8 101');
    page.respond(
      invite,
      200,
      [
        ['To', `${value(invite, 'to')};tag=page`],
        ['Contact', `<${contact}>`],
        ['Content-Type', 'application/sdp'],
      ],
      browserSdp(fakeTransport(7), 'active'),
    );
    await pass();
    report('answered');
    expect(engine.legs.get('out')?.remote?.secure).toMatchObject({ userFragment: 'ours7', setup: 'active' });
  });

  test('WRT-07 a browser that lost its connection and has a new one is told there that its call is over', async () => {
    const { page, originate, pass, perform, network, register } = await withPage();
    originate();
    await pass();
    const invite = page.take('INVITE');
    const own: [string, string][] = [
      ['To', `${value(invite, 'to')};tag=page`],
      ['Contact', `<${contact};ob>`],
      ['Content-Type', 'application/sdp'],
    ];
    page.respond(invite, 200, own, browserSdp(fakeTransport(7), 'active'));
    await pass();
    page.disconnect();
    const again = network.peer('127.0.0.1', 41_001, 'WS');
    await register(again, '1001', [`<${contact}>`]);
    perform({ type: 'clear', leg: 'out', cause: 'normal' });
    await pass();
    expect(again.take('BYE').start).toBe(`BYE ${contact};ob SIP/2.0`);
  });

  test('WRT-06 whose browser is registered is called there and not at the desk phone', async () => {
    const { page, originate, pass, network, register } = await withPage();
    const desk = network.peer('192.0.2.20');
    await register(desk, '1001');
    originate();
    await pass();
    expect(page.take('INVITE')).toBeDefined();
    expect(desk.inbox).toEqual([]);
    page.disconnect();
    originate('second');
    await pass();
    expect(desk.take('INVITE').body).toContain('RTP/AVP');
  });

  test('SPH-09 a page is not rung by NOTIFY talk: it is called when it shall answer, and does so by itself', async () => {
    const bench = await withPage();
    const { page, pass, report, perform } = bench;
    callExtension(bench, '1001', 'out', { answering: 'talk' });
    await pass();
    report('alerting');
    expect(page.inbox).toEqual([]);
    perform({ type: 'pickUp', leg: 'out' });
    await pass();
    expect(value(page.take('INVITE'), 'answer-mode')).toBe('Auto');
  });

  test('SPH-60 a page that is loaded again while it is offered a call is called at its new connection', async () => {
    const bench = await withPage();
    const { page, pass, report, perform, network, register } = bench;
    callExtension(bench, '1001', 'out', { answering: 'autoAnswer' });
    await pass();
    report('alerting');
    page.disconnect();
    const again = network.peer('127.0.0.1', 41_001, 'WS');
    await register(again, '1001', ['<sip:again@xyz.invalid;transport=ws>']);
    perform({ type: 'pickUp', leg: 'out' });
    await pass();
    expect(again.take('INVITE').start).toBe('INVITE sip:again@xyz.invalid;transport=ws SIP/2.0');
    expect(page.inbox).toEqual([]);
  });

  test('SPH-60 where none is there any more the call is not placed, and nobody waits for it', async () => {
    const bench = await withPage();
    const { page, pass, report, perform, network, register } = bench;
    const desk = network.peer('192.0.2.20');
    await register(desk, '1001');
    callExtension(bench, '1001', 'out', { answering: 'autoAnswer' });
    await pass();
    report('alerting');
    page.disconnect();
    perform({ type: 'pickUp', leg: 'out' });
    await pass();
    expect(report('cleared')).toMatchObject({ leg: 'out', cause: 'unreachable' });
    expect(desk.inbox).toEqual([]);
  });

  test('WRT-13 a call with an encrypted offer is answered encrypted', async () => {
    const { callIn, perform, pass, trunk } = await createSwitchBench();
    const leg = await callIn([], browserSdp(fakeTransport(7), 'actpass'));
    perform({ type: 'answer', leg, media: { type: 'none' } });
    await pass();
    const answer = trunk.take(200);
    expect(answer.body).toContain('UDP/TLS/RTP/SAVPF 0 126');
    expect(answer.body).toContain('a=setup:active');
  });

  test('WRT-12 where there is nothing to speak with browsers their calls end, and the others go on', async () => {
    const engine = createFakeEngine();
    engine.openSecure = () => Promise.reject(new NoBrowsers('not installed'));
    const { originate, pass, report, callIn, perform, trunk } = await withPage({ engine });
    originate();
    await pass();
    expect(report('cleared')).toMatchObject({ leg: 'out', cause: 'incompatible' });
    const leg = await callIn();
    perform({ type: 'answer', leg, media: { type: 'none' } });
    await pass();
    expect(trunk.take(200)).toBeDefined();
  });
});
