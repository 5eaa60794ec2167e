import path from 'node:path';
import { SessionState } from '@cordboard/contract';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type DemoSite, musicHertz, startDemoSite } from '../first-call/demo-site.ts';
import type { Desk } from '../first-call/desk.ts';
import type { Baresip } from '../phones/baresip.ts';
import { describeWithPrograms } from '../phones/programs.ts';
import { until } from '../phones/until.ts';
import { writeToneFile } from '../phones/wav-file.ts';
import { accessibilityFaults, lookAt } from './browser.ts';
import { openSpeakingBrowser, openSpeakingPage, pageHears } from './ears.ts';

const agentHertz = 500;
const customerHertz = 1_000;
const colleagueHertz = 700;
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
  let bo: Desk;
  let bosPhone: Baresip;

  beforeAll(async () => {
    site = await startDemoSite({ clericalSeconds: 60, browserPhones: true });
    machine = await site.machine('anna');
    customer = await site.phone('2001', { name: 'Cecilia Customer', toneHertz: customerHertz });
    [bo, bosPhone] = await site.agent('bo', '1002', colleagueHertz);
    address = await machine.openWindow();
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
  const customerHearsNobody = () =>
    until('silence', async () => (await customer.listen(200)).level(agentHertz) < heard / 4, 20_000);
  const agentHears = (whom: string, hertz: number) =>
    until(`${whom} is heard`, async () => (await pageHears(page, hertz)) > audible, 20_000);
  const agentHearsCustomer = () => agentHears('the customer', customerHertz);

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
  });

  test('SPH-21 a call is answered with the mouse, and both are heard', async () => {
    await customer.dial('700');
    await button('Answer').click({ timeout: 30_000 });
    await button('Hold').waitFor();
    await machine.call(SessionState.Connected);
    await agentHearsCustomer();
    await customerHearsAgent();
  });

  test('SPH-44 how it sounds and how long it took are shown, and stand in the log', async () => {
    // how good it is depends on what else this machine does
    const rating = /^(Good|Fair|Bad) sound$/;
    await page.getByRole('button', { name: rating }).click({ timeout: 20_000 });
    await page
      .getByRole('row', { name: /Answer to audio [\d,]+ ms \(today p50 [\d,]+, p95 [\d,]+ ms of 1\)/ })
      .waitFor();
    await page.getByRole('row', { name: /Estimate \(MOS\) [1-4]\.\d/ }).waitFor();
    expect(await machine.log()).toMatch(/heard after the answer \{"count":1,"last":\d+/);
    expect(await lookAt(page, 'softphone-quality')).toEqual([]);
    await page.getByRole('button', { name: rating }).click();
  });

  test('SPH-22 muted, the agent is not heard, by button and by key', async () => {
    await button('Mute').click();
    await customerHearsNobody();
    await button('Unmute').waitFor();
    await page.locator('body').press('m');
    await customerHearsAgent();
  });

  test('SPH-23 digits of the keypad come to the customer', async () => {
    await button('Keypad').click();
    for (const digit of '5#') await button(`Digit ${digit}`).click();
    await until('the digits', () => customer.digitsHeard().includes('5#'), 20_000);
    expect(await accessibilityFaults(page)).toEqual([]);
    await button('Keypad').click();
  });

  test('SPH-24 the call is held by the server, with music for the customer and silence for the agent, and retrieved', async () => {
    await button('Hold').click();
    await button('Retrieve').waitFor();
    await until('music', async () => (await customer.listen(200)).level(musicHertz) > 0.1, 20_000);
    await until('silence', async () => (await pageHears(page, customerHertz)) < -75, 20_000);
    await button('Retrieve').click();
    await button('Hold').waitFor();
    await customerHearsAgent();
    await agentHearsCustomer();
  });

  test('SPH-25 a page that is loaded again in a call gets its audio back', async () => {
    await page.reload();
    await agentHearsCustomer();
    await customerHearsAgent();
    await button('Hold').waitFor();
  });

  test('SPH-26 the call goes on while the connection of the phone is lost, and its control after it is back', async () => {
    await page.evaluate('globalThis.blocked = true; globalThis.cutPhone()');
    await page.getByText('Phone connection lost. Connecting again ...').waitFor();
    await agentHearsCustomer();
    await customerHearsAgent();
    await page.evaluate('globalThis.blocked = false');
    await page.getByText('Phone ready').waitFor({ timeout: 20_000 });
    await button('Hold').click();
    await button('Retrieve').click();
    await button('Hold').waitFor();
    await agentHearsCustomer();
  });

  test('SPH-27 another window shows where the audio is, and takes it with the call', async () => {
    const first = page;
    page = await context.newPage();
    await page.goto(address);
    await page.getByText('The audio is in another window').waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await button('Take the audio here').click();
    await agentHearsCustomer();
    await customerHearsAgent();
    await first.getByText('The audio is in another window').waitFor();
    // closed, the window that is left has it
    await page.close();
    page = first;
    await agentHearsCustomer();
    await customerHearsAgent();
  });

  /** A second leg to the window: Bo is asked, and the customer is held. */
  const consult = async () => {
    const before = bo.callEvents.length;
    expect(await machine.client.makeCall('1002')).toBe(true);
    expect(await bo.client.answerCall((await bo.call(SessionState.Offered, before)).ID)).toBe(true);
    await agentHears('the colleague', colleagueHertz);
    await until('music', async () => (await customer.listen(200)).level(musicHertz) > 0.1, 20_000);
    await until('not the customer', async () => (await pageHears(page, customerHertz)) < -75, 20_000);
  };
  const bosCalls = () =>
    until('bo has no calls', async () => (await bo.client.getCalls()).length === 0, 20_000);

  test('SPH-35 a colleague is consulted, and all three speak; he leaves, and the two go on', async () => {
    await consult();
    expect(await machine.client.conferenceActiveCall()).toBe(true);
    await agentHearsCustomer();
    await agentHears('the colleague', colleagueHertz);
    await customerHearsAgent();
    await until(
      'the agent at the colleague',
      async () => (await bosPhone.listen(200)).level(agentHertz) > heard,
    );
    expect(await bo.client.hangupActiveCall()).toBe(true);
    await bosCalls();
    await agentHearsCustomer();
    await customerHearsAgent();
  });

  test('SPH-35 the customer is transferred to him, and the window has no call any more', async () => {
    await consult();
    const first = (await machine.client.getCalls()).find(call => call.State === SessionState.Held);
    expect(await machine.client.transferCall(first?.ID ?? 0)).toBe(true);
    await until(
      'the colleague',
      async () => (await customer.listen(200)).level(colleagueHertz) > heard,
      20_000,
    );
    await page.getByRole('button', { name: 'Mute', disabled: true }).waitFor();
  });

  test('SPH-28 it is over, and the credentials end with the logon', async () => {
    await button('End clerical').click();
    expect([machine.faults, bo.faults]).toEqual([[], []]);
    await button('Log off').click();
    await page.getByRole('heading', { name: 'Log on' }).waitFor();
    await until('nobody is registered', () => machine.registrations.at(-1) === false, 20_000);
  });
});
