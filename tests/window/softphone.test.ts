import path from 'node:path';
import { SessionState } from '@cordboard/contract';
import { readRuntimeFile } from '@cordboard/sdk';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type DemoSite, startDemoSite } from '../first-call/demo-site.ts';
import type { Desk } from '../first-call/desk.ts';
import type { Baresip } from '../phones/baresip.ts';
import { freePort } from '../phones/free-port.ts';
import { describeWithPrograms } from '../phones/programs.ts';
import { until } from '../phones/until.ts';
import { writeToneFile } from '../phones/wav-file.ts';
import { lookAt } from './browser.ts';
import { openSpeakingBrowser, openSpeakingPage, pageHears } from './ears.ts';

const agentHertz = 500;
const customerHertz = 1_000;
/** at the customer, amplitude */
const heard = 0.02;
/** in the page, dB */
const audible = -60;

/** An agent whose phone is the window, through a service call: each test goes on where the one before ended. */
describeWithPrograms(['baresip', 'chromium'], 'the softphone in the window', () => {
  let site: DemoSite;
  let machine: Desk;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let address: string;
  let customer: Baresip;

  beforeAll(async () => {
    const webSocket = `127.0.0.1:${await freePort()}`;
    site = await startDemoSite({
      clericalSeconds: 60,
      change: ({ sip }) => {
        sip.webSocket = webSocket;
      },
    });
    machine = await site.machine('anna');
    customer = await site.phone('2001', { name: 'Cecilia Customer', toneHertz: customerHertz });
    if (!(await machine.client.launchBSA())) throw new Error('the Agent application does not start');
    address = await until(
      'the window is there',
      async () => (await readRuntimeFile(machine.places.file))?.window,
    );
    const tone = path.join(site.folder, 'agent.wav');
    await writeToneFile(tone, agentHertz, 10);
    browser = await openSpeakingBrowser(tone);
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await site?.close();
  }, 60_000);

  const button = (name: string) => page.getByRole('button', { name, exact: true });
  const logOn = async () => {
    await page.goto(address);
    await page.getByLabel('User', { exact: true }).fill('anna');
    await page.getByLabel('Password', { exact: true }).first().fill(machine.password);
    await page.getByLabel("This computer's headset").check();
    await button('Log on').click();
  };
  const customerHearsAgent = () =>
    until('the agent is heard', async () => (await customer.listen(200)).level(agentHertz) > heard, 20_000);
  const agentHearsCustomer = () =>
    until('the customer is heard', async () => (await pageHears(page, customerHertz)) > audible, 20_000);

  test('SPH-30 with the microphone refused the page says what to do, and works otherwise', async () => {
    ({ context, page } = await openSpeakingPage(browser, 'refused'));
    await logOn();
    await page.getByText('You cannot be called: there is no microphone').waitFor();
    await page.getByText('The microphone is not allowed for this page.', { exact: false }).waitFor();
    expect(await lookAt(page, 'softphone-refused')).toEqual([]);
    await context.grantPermissions(['microphone']);
    await button('Try again').click();
    await page.getByText('Phone ready').waitFor({ timeout: 20_000 });
  });

  test('SPH-20 the window is registered as the phone, and the agent becomes Ready', async () => {
    expect(await machine.client.initialize()).toBe(true);
    await page.getByText('Ready', { exact: true }).nth(1).click();
    await until('the agent is ready', () => machine.statuses.at(-1)?.ReadyStatus);
    expect(await lookAt(page, 'softphone-ready')).toEqual([]);
  });

  test('SPH-21 a call is answered with the mouse, and both are heard', async () => {
    await customer.dial('700');
    await button('Answer').click({ timeout: 30_000 });
    await button('Hold').waitFor();
    await machine.call(SessionState.Connected);
    await agentHearsCustomer();
    await customerHearsAgent();
  });
});
