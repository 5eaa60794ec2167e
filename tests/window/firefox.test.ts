import { SessionState } from '@cordboard/contract';
import { type Browser, launch, type Page } from 'puppeteer-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type DemoSite, startDemoSite } from '../first-call/demo-site.ts';
import type { Desk } from '../first-call/desk.ts';
import type { Baresip } from '../phones/baresip.ts';
import { describeWithPrograms, findProgram } from '../phones/programs.ts';
import { until } from '../phones/until.ts';

const agentHertz = 500;
const heard = 0.02;

/** A microphone that whistles, and a machine whose only network is the loopback. Playwright drives no Firefox of Debian's. */
const openFirefox = (): Promise<Browser> =>
  launch({
    browser: 'firefox',
    executablePath: findProgram('firefox-esr') ?? 'firefox-esr',
    headless: true,
    extraPrefsFirefox: {
      'intl.accept_languages': 'en-GB',
      'media.navigator.streams.fake': true,
      'media.navigator.audio.fake_frequency': agentHertz,
      'media.navigator.permission.disabled': true,
      'media.autoplay.default': 0,
      'media.peerconnection.ice.loopback': true,
      'media.peerconnection.ice.obfuscate_host_addresses': false,
    },
  });

/** The same window in the other engine: what an agent does in the first minute. */
describeWithPrograms(['baresip', 'firefox-esr'], 'the window in Firefox', () => {
  let site: DemoSite;
  let machine: Desk;
  let browser: Browser;
  let page: Page;
  let customer: Baresip;

  beforeAll(async () => {
    site = await startDemoSite({ browserPhones: true });
    machine = await site.machine('anna');
    customer = await site.phone('2001', { name: 'Cecilia Customer', toneHertz: 1_000 });
    const address = await machine.openWindow();
    browser = await openFirefox();
    page = await browser.newPage();
    await page.goto(address);
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await site?.close();
  }, 60_000);

  const button = (name: string) =>
    page.locator(`::-p-aria([name="${name}"][role="button"])`).setTimeout(30_000);

  test('SPH-40 in Firefox the agent logs on with the headset, and becomes Ready', async () => {
    await page.locator('input[autocomplete="username"]').fill('anna');
    await page.locator('input[autocomplete="current-password"]').fill(machine.password);
    await page.locator("::-p-text(This computer's headset)").click();
    await button('Log on').click();
    await page.locator('::-p-text(Phone ready)').setTimeout(30_000).wait();
    expect(await machine.client.initialize()).toBe(true);
    expect(await machine.client.setReadyStatus(true)).toBe(true);
    await until('the agent is ready', () => machine.statuses.at(-1)?.ReadyStatus);
  });

  test('SPH-41 in Firefox a call is answered with the mouse, heard, and hung up', async () => {
    await customer.dial('700');
    await button('Answer').click();
    await machine.call(SessionState.Connected);
    await until(
      'the agent is heard',
      async () => (await customer.listen(200)).level(agentHertz) > heard,
      20_000,
    );
    await button('Hang up').click();
    await machine.call(SessionState.Clerical);
  });
});
