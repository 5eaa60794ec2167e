import { SessionState } from '@cordboard/contract';
import { readRuntimeFile } from '@cordboard/sdk';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type DemoSite, musicHertz, startDemoSite } from '../first-call/demo-site.ts';
import type { Desk } from '../first-call/desk.ts';
import type { Baresip } from '../phones/baresip.ts';
import { describeWithPrograms } from '../phones/programs.ts';
import { until } from '../phones/until.ts';
import { lookAt, openBrowser } from './browser.ts';

const agentHertz = 440;
const customerHertz = 1000;
const heard = 0.1;

/** A service call worked with the mouse alone, from the log-on to the end of the wrap-up: each test goes on where the one before ended. */
describeWithPrograms(['baresip', 'chromium'], 'a service call in the window', () => {
  let site: DemoSite;
  let machine: Desk;
  let browser: Browser;
  let page: Page;
  let customer: Baresip;
  let callId = 0;

  beforeAll(async () => {
    site = await startDemoSite({ clericalSeconds: 60 });
    machine = await site.machine('anna');
    await site.phone('1001', { answersItself: true, toneHertz: agentHertz });
    customer = await site.phone('2001', { name: 'Cecilia Customer', toneHertz: customerHertz });
    if (!(await machine.client.launchBSA())) throw new Error('the Agent application does not start');
    const address = await until(
      'the window is there',
      async () => (await readRuntimeFile(machine.places.file))?.window,
    );
    browser = await openBrowser();
    page = await browser.newPage({ locale: 'en-GB' });
    await page.goto(address);
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await site?.close();
  }, 60_000);

  const button = (name: string) => page.getByRole('button', { name, exact: true });

  test('WIN-40 the agent logs on in the window, and becomes Ready', async () => {
    await page.getByLabel('User', { exact: true }).fill('anna');
    await page.getByLabel('Password', { exact: true }).first().fill(machine.password);
    await button('Log on').click();
    await page.getByText('Sessions', { exact: true }).waitFor();
    await page.getByText('Your phone is not registered.').waitFor({ state: 'detached' });
    expect(await machine.client.initialize()).toBe(true);
    await page.getByText('Ready', { exact: true }).nth(1).click();
    await until('the agent is ready', () => machine.statuses.at(-1)?.ReadyStatus);
  });

  test('WIN-41 the call of a customer is answered with the mouse, and both are heard', async () => {
    await customer.dial('700');
    await button('Answer').click({ timeout: 30_000 });
    await button('Hold').waitFor();
    callId = (await machine.call(SessionState.Connected)).ID;
    await until('the agent is heard', async () => (await customer.listen(200)).level(agentHertz) > heard);
    await page.getByRole('heading', { name: 'Cecilia Customer' }).waitFor();
    expect(await lookAt(page, 'workspace-talking')).toEqual([]);
  });

  test('WIN-42 it is held with music and retrieved', async () => {
    await button('Hold').click();
    await button('Retrieve').waitFor();
    await until('music', async () => (await customer.listen(200)).level(musicHertz) > heard);
    await button('Retrieve').click();
    await button('Hold').waitFor();
    await until('the agent', async () => (await customer.listen(200)).level(agentHertz) > heard);
  });

  test('WIN-43 it is hung up, wrapped up, and gone', async () => {
    await button('Hang up').click();
    await button('End clerical').waitFor();
    expect(await lookAt(page, 'workspace-clerical')).toEqual([]);
    await button('End clerical').click();
    await page.getByText('No sessions.').waitFor();
    const { Offered, Connected, Held, Clearing, Clerical, Idle } = SessionState;
    expect(machine.statesOf(callId).filter(state => state !== Clearing)).toEqual([
      ...[Offered, Connected, Held, Connected, Clerical, Idle],
    ]);
    expect(machine.faults).toEqual([]);
  });
});
