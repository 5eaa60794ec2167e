import path from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type DemoSite, startDemoSite } from '../first-call/demo-site.ts';
import type { Baresip } from '../phones/baresip.ts';
import { describeWithPrograms } from '../phones/programs.ts';
import { until } from '../phones/until.ts';
import { writeToneFile } from '../phones/wav-file.ts';
import { openSpeakingBrowser, openSpeakingPage, pageHears } from './ears.ts';
import { type MediaRelay, relayMedia } from './media-relay.ts';

const agentHertz = 500;
const customerHertz = 1_000;
/** of tests that wait for another way of the media: a busy machine is no fault */
const patience = 180_000;

/** Runs in the page before its own scripts: what plays a call there, and what is spoken into. */
const players = `
(() => {
  const elements = new Set();
  const play = HTMLMediaElement.prototype.play;
  HTMLMediaElement.prototype.play = function () {
    elements.add(this);
    return play.call(this);
  };
  const nameOf = async id => (await navigator.mediaDevices.enumerateDevices()).find(
    ({ kind, deviceId }) => kind === 'audiooutput' && deviceId === (id || 'default'))?.label;
  globalThis.microphone = () =>
    connections.at(-1).getSenders().find(({ track }) => track?.kind === 'audio')?.track.label;
  const player = () => [...elements].findLast(({ srcObject, dataset }) => srcObject && !dataset.ring);
  globalThis.speaker = () => nameOf(player().sinkId);
  // the clock of an element whose stream got its tracks later stands still in Chromium; what it has played is told by its source
  globalThis.played = async () =>
    [...(await connections.at(-1).getStats()).values()].find(({ type }) => type === 'inbound-rtp')
      .jitterBufferEmittedCount;
})();`;

/** Nothing but a browser and a headset. */
describeWithPrograms(['baresip', 'chromium'], 'the headset at /agent', () => {
  let site: DemoSite;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let relay: MediaRelay | undefined;
  let customer: Baresip;
  let password: string;

  beforeAll(async () => {
    site = await startDemoSite({ clericalSeconds: 0, browserPhones: true });
    ({ password } = await site.machine('bo'));
    customer = await site.phone('2001', { name: 'Cecilia Customer', toneHertz: customerHertz });
    const tone = path.join(site.folder, 'agent.wav');
    await writeToneFile(tone, agentHertz, 10);
    browser = await openSpeakingBrowser(tone);
    ({ context, page } = await openSpeakingPage(browser, 'allowed'));
    await context.addInitScript(players);
    await page.goto(`${site.gateway}/agent`);
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    relay?.close();
    await site?.close();
  }, 60_000);

  const button = (name: string) => page.getByRole('button', { name, exact: true });
  const logOn = async () => {
    await page.getByLabel('User', { exact: true }).fill('bo');
    await page.getByLabel('Password', { exact: true }).first().fill(password);
    await page.getByLabel("This computer's headset").check();
    await button('Log on').click();
  };
  const bothAreHeard = async () => {
    await until('the customer is heard', async () => (await pageHears(page, customerHertz)) > -60, 45_000);
    const agent = async () => (await customer.listen(200)).level(agentHertz) > 0.02;
    await until('the agent is heard', agent, 45_000);
  };

  test(
    'WEB-15 at /agent a call is answered with the headset, both are heard, and a reload has it again',
    async () => {
      await logOn();
      await page.getByText('Phone ready').waitFor({ timeout: 30_000 });
      await page.getByText('Ready', { exact: true }).nth(1).click();
      await customer.dial('700');
      await button('Answer').click({ timeout: 30_000 });
      await button('Hold').waitFor();
      await bothAreHeard();
      await page.reload();
      await button('Hold').waitFor();
      await bothAreHeard();
    },
    patience,
  );

  test(
    'SPH-61 microphone and speaker are changed in the middle of a call, and it goes on in both directions',
    async () => {
      const inPage = <Value>(expression: string) => page.evaluate(expression) as Promise<Value>;
      const before = [await inPage('microphone()'), await inPage('speaker()')];
      await button('Settings (,)').click();
      await page.getByRole('link', { name: 'Microphone and speaker', exact: true }).click();
      const chosen: string[] = [];
      for (const kind of ['Microphone', 'Speaker']) {
        const box = page.getByRole('combobox', { name: kind, exact: true });
        const names = await until('there are several', async () => {
          const all = await box.locator('option').allTextContents();
          return all.length > 2 && all;
        });
        chosen.push(names.at(-1) ?? '');
        await box.selectOption(names.at(-1) ?? '');
      }
      await expect.poll(() => inPage('microphone()')).toBe(chosen[0]);
      await expect.poll(() => inPage('speaker()')).toBe(chosen[1]);
      expect(before).not.toContain(chosen[0]);
      expect(before).not.toContain(chosen[1]);
      const played = await inPage<number>('played()');
      await expect.poll(() => inPage<number>('played()')).toBeGreaterThan(played);
      await bothAreHeard();
      await button('Back to work').click();
      await button('Hold').waitFor();
    },
    patience,
  );

  test(
    'SPH-62 when nothing of the call comes through any more another way is found, and both are heard again',
    async () => {
      relay = await relayMedia(context);
      await page.reload();
      await bothAreHeard();
      const ways = relay.ways;
      expect(ways).toBeGreaterThan(0);
      relay.breakAll();
      await until('silence', async () => (await pageHears(page, customerHertz)) < -75, 20_000);
      await bothAreHeard();
      expect(relay.ways).toBeGreaterThan(ways);
      await button('Hang up').click();
      await page.getByText('No sessions.').waitFor();
    },
    patience,
  );

  test(
    'SPH-64 who takes over in another browser takes along the call that he speaks with his headset',
    async () => {
      await customer.dial('700');
      await button('Answer').click({ timeout: 30_000 });
      await bothAreHeard();
      const before = page;
      ({ page } = await openSpeakingPage(browser, 'allowed'));
      await page.goto(`${site.gateway}/agent`);
      await logOn();
      await button('Take over here').click();
      await before.getByText('You have logged on elsewhere; your work goes on there.').waitFor();
      await button('Hold').waitFor();
      await bothAreHeard();
      await button('Hang up').click();
      await page.getByText('No sessions.').waitFor();
    },
    patience,
  );
});
