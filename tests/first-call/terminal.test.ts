import { createPhone, type TestPhone } from '@cordboard/switch/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Baresip } from '../phones/baresip.ts';
import { describeWithPrograms } from '../phones/programs.ts';
import { until } from '../phones/until.ts';
import { type DemoSite, startDemoSite } from './demo-site.ts';
import type { Desk } from './desk.ts';
import { openTerminal } from './terminal.ts';

const agentHertz = 440;
const customerHertz = 1000;
const heard = 0.1;
const unheard = 0.02;

/** A site that was given no sounds, an agent whose phone obeys auto-answer headers, and the test client of the terminal. */
describeWithPrograms(['baresip'], 'the test client', () => {
  let site: DemoSite;
  let anna: Desk;
  let agent: TestPhone;
  let customer: Baresip;

  beforeAll(async () => {
    site = await startDemoSite({ sounds: 'its own' });
    anna = await site.desk('anna');
    const password = site.passwordOf('1001');
    agent = await createPhone({ extension: '1001', password, server: site.sip, tone: agentHertz });
    expect(await agent.register()).toBe(200);
    customer = await site.phone('2001', { toneHertz: customerHertz });
  }, 120_000);
  afterAll(async () => {
    agent?.close();
    await site?.close();
  }, 60_000);

  test('SYS-66 a site that has no sounds makes its own: a caller hears a greeting, and then music', async () => {
    await customer.dial('700');
    await customer.next('CALL_ESTABLISHED');
    const seconds: number[] = [];
    while (seconds.length < 10) seconds.push((await customer.listen(1_000)).loudness);
    // a chime or a voice, with silence in it, and music to the end
    expect(seconds.filter(loudness => loudness > 0.005).length).toBeGreaterThan(6);
    expect(Math.min(...seconds.slice(-2))).toBeGreaterThan(0.005);
  });

  test('SYS-67 from the terminal the waiting call is taken, held, retrieved and wrapped up, and heard both ways', async () => {
    const terminal = openTerminal(anna.places.folder);
    terminal.type('setReadyStatus true', 'wait OnCallEvent State=Offered', 'answerCall $ID');
    terminal.type('wait OnCallEvent State=Connected');
    const call = await agent.nextCall(20_000);
    await until('the agent is heard', async () => (await customer.listen(200)).level(agentHertz) > heard);
    expect(await call.level(customerHertz, 500)).toBeGreaterThan(heard);

    terminal.type('holdActiveCall', 'wait OnCallEvent State=Held');
    await until('the agent is gone', async () => (await customer.listen(300)).level(agentHertz) < unheard);
    expect((await customer.listen(1_000)).loudness).toBeGreaterThan(0.005);
    expect(await call.level(customerHertz, 500)).toBeLessThan(unheard);

    terminal.type('retrieveActiveCall', 'wait OnCallEvent State=Connected');
    await until('the agent is back', async () => (await customer.listen(200)).level(agentHertz) > heard);
    await until('the customer is back', async () => (await call.level(customerHertz, 200)) > heard);

    terminal.type('hangupActiveCall', 'wait OnCallEvent State=Clerical', 'cancelClerical $ID');
    terminal.type('wait OnCallEvent State=Idle', 'setReadyStatus false 2', '!hangupActiveCall');
    await customer.next('CALL_CLOSED');
    expect({ code: await terminal.end(), text: terminal.text() }).toEqual({
      code: 0,
      text: expect.stringMatching(
        /Offered[\s\S]*Connected[\s\S]*Held[\s\S]*Connected[\s\S]*Clerical[\s\S]*Idle[\s\S]*Lunch/,
      ),
    });
    expect(await anna.log()).toMatch(/REQ agent-client#\d+ answerCall/);
  });
});
