import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, test } from 'vitest';
import { type DemoSite, startDemoSite } from '../first-call/demo-site.ts';
import type { Baresip } from '../phones/baresip.ts';
import { describeWithPrograms } from '../phones/programs.ts';
import { until } from '../phones/until.ts';
import { writeToneFile } from '../phones/wav-file.ts';
import { openSpeakingBrowser, openSpeakingPage, pageHears } from './ears.ts';

const agentHertz = 500;
const customerHertz = 1_000;

/** Nothing but a browser and a headset. */
describeWithPrograms(['baresip', 'chromium'], 'the headset at /agent', () => {
  let site: DemoSite;
  let browser: Browser;
  let page: Page;
  let customer: Baresip;
  let password: string;

  beforeAll(async () => {
    site = await startDemoSite({ clericalSeconds: 0, browserPhones: true });
    ({ password } = await site.machine('bo'));
    customer = await site.phone('2001', { name: 'Cecilia Customer', toneHertz: customerHertz });
    const tone = path.join(site.folder, 'agent.wav');
    await writeToneFile(tone, agentHertz, 10);
    browser = await openSpeakingBrowser(tone);
    ({ page } = await openSpeakingPage(browser, 'allowed'));
    await page.goto(`${site.gateway}/agent`);
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await site?.close();
  }, 60_000);

  const button = (name: string) => page.getByRole('button', { name, exact: true });
  const bothAreHeard = async () => {
    await until('the customer is heard', async () => (await pageHears(page, customerHertz)) > -60, 20_000);
    const agent = async () => (await customer.listen(200)).level(agentHertz) > 0.02;
    await until('the agent is heard', agent, 20_000);
  };

  test('WEB-15 at /agent a call is answered with the headset, both are heard, and a reload has it again', async () => {
    await page.getByLabel('User', { exact: true }).fill('bo');
    await page.getByLabel('Password', { exact: true }).first().fill(password);
    await page.getByLabel("This computer's headset").check();
    await button('Log on').click();
    await page.getByText('Phone ready').waitFor({ timeout: 30_000 });
    await page.getByText('Ready', { exact: true }).nth(1).click();
    await customer.dial('700');
    await button('Answer').click({ timeout: 30_000 });
    await button('Hold').waitFor();
    await bothAreHeard();
    await page.reload();
    await button('Hold').waitFor();
    await bothAreHeard();
  });
});
