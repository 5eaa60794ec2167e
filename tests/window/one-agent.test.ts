import path from 'node:path';
import { readRuntimeFile } from '@cordboard/sdk';
import { freePort } from '@cordboard/switch/testing';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type DemoSite, startDemoSite } from '../first-call/demo-site.ts';
import type { Desk } from '../first-call/desk.ts';
import type { Baresip } from '../phones/baresip.ts';
import { describeWithPrograms } from '../phones/programs.ts';
import { until } from '../phones/until.ts';
import { writeToneFile } from '../phones/wav-file.ts';
import { accessibilityFaults } from './browser.ts';
import { openSpeakingBrowser, openSpeakingPage } from './ears.ts';

const deskHertz = 440;
const headsetHertz = 500;
const customerHertz = 1_000;
/** at the customer, amplitude */
const heard = 0.02;
/** in a page, dB */
const audible = -60;
/** of tests with several windows: a busy machine is no fault */
const patience = 180_000;

/** Runs in the page before its own scripts: counts how often it rings, and listens to how loud that is. */
const ringCounter = `
(() => {
  globalThis.rings = 0;
  const play = HTMLMediaElement.prototype.play;
  HTMLMediaElement.prototype.play = function () {
    if (this.dataset.ring) globalThis.rings += 1;
    return play.call(this);
  };
  let listened;
  let analyser;
  globalThis.ringLevel = () => {
    const stream = document.querySelector('audio[data-ring]')?.srcObject;
    if (!stream) return -200;
    if (listened !== stream) {
      const audio = new AudioContext();
      analyser = audio.createAnalyser();
      audio.createMediaStreamSource(stream).connect(analyser);
      listened = stream;
    }
    const levels = new Float32Array(analyser.frequencyBinCount);
    analyser.getFloatFrequencyData(levels);
    return Math.max(-200, ...levels);
  };
})();`;

/** An agent and his windows, at his desk and elsewhere: each test goes on where the one before ended. */
describeWithPrograms(['baresip', 'chromium'], 'the windows of one agent', () => {
  let site: DemoSite;
  let machine: Desk;
  let browser: Browser;
  let context: BrowserContext;
  let first: Page;
  let second: Page;
  let customer: Baresip;
  let address: string;

  beforeAll(async () => {
    const webSocket = `127.0.0.1:${await freePort()}`;
    site = await startDemoSite({
      clericalSeconds: 0,
      ringSeconds: 60,
      change: ({ sip }) => {
        sip.webSocket = webSocket;
      },
    });
    machine = await site.machine('anna');
    await site.phone('1001', { answersItself: true, toneHertz: deskHertz });
    customer = await site.phone('2001', { name: 'Cecilia Customer', toneHertz: customerHertz });
    if (!(await machine.client.launchBSA())) throw new Error('the Agent application does not start');
    address = await until(
      'the window is there',
      async () => (await readRuntimeFile(machine.places.file))?.window,
    );
    const tone = path.join(site.folder, 'agent.wav');
    await writeToneFile(tone, headsetHertz, 10);
    browser = await openSpeakingBrowser(tone);
    ({ context, page: first } = await openSpeakingPage(browser, 'allowed'));
    context.setDefaultTimeout(45_000);
    await context.addInitScript(ringCounter);
    await first.goto(address);
    await logOn(first);
    await ready(first);
    second = await context.newPage();
    await second.goto(address);
    await second.getByRole('heading', { name: 'Anna Alm' }).waitFor();
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await site?.close();
  }, 60_000);

  const button = (on: Page, name: string) => on.getByRole('button', { name, exact: true });
  const logOn = async (on: Page) => {
    await on.getByLabel('User', { exact: true }).fill('anna');
    await on.getByLabel('Password', { exact: true }).first().fill(machine.password);
    await button(on, 'Log on').click();
  };
  const ready = async (on: Page) => {
    await on.getByText('Your phone is not registered.').waitFor({ state: 'detached' });
    await on.getByText('Ready', { exact: true }).nth(1).click();
  };
  const rings = (on: Page) =>
    until(
      'it rings',
      async () => ((await on.evaluate('globalThis.ringLevel()')) as number) > audible,
      45_000,
    );
  const isSilent = (on: Page) => on.locator('audio[data-ring=silent]').waitFor({ state: 'attached' });
  const ringsOf = (on: Page) => on.evaluate('globalThis.rings');
  const customerHears = (hertz: number) =>
    until('the agent is heard', async () => (await customer.listen(200)).level(hertz) > heard, 30_000);
  const hangUp = async () => {
    await customer.hangUp();
    for (const each of [first, second]) await each.getByText('No sessions.').waitFor();
  };

  test(
    'WIN-200 of two windows the one rings that was used last, and both show who calls',
    async () => {
      await first.locator('body').press('Shift');
      await customer.dial('700');
      await rings(first);
      await button(second, 'Answer').waitFor();
      await isSilent(second);
      // the agent turns to the other
      await second.getByRole('heading', { name: 'Cecilia Customer' }).click();
      await rings(second);
      await isSilent(first);
    },
    patience,
  );

  test(
    'WIN-200 answered in one window, the other falls silent and has the call too',
    async () => {
      await first.locator('body').press('Shift');
      await rings(first);
      await button(second, 'Answer').click();
      await isSilent(first);
      await isSilent(second);
      await customerHears(deskHertz);
      await button(first, 'Hold').waitFor();
      await button(second, 'Hold').waitFor();
      await hangUp();
    },
    patience,
  );

  test(
    'WIN-201 with a headset the window rings that has the audio, also behind another; closed, the other is it',
    async () => {
      await second.close();
      await button(first, 'Log off').click();
      await first.getByLabel("This computer's headset").check();
      await logOn(first);
      await first.getByText('Phone ready').waitFor();
      second = await context.newPage();
      await second.goto(address);
      await second.getByText('The audio is in another window').waitFor();
      await ready(second);
      const before = await ringsOf(second);
      await customer.dial('700');
      await rings(first);
      await button(second, 'Answer').waitFor();
      await second.locator('body').press('Shift');
      await isSilent(second);
      expect(await ringsOf(second)).toBe(before);
      await first.close();
      await second.getByText('Phone ready').waitFor();
      await rings(second);
      await button(second, 'Answer').click();
      await isSilent(second);
      await customerHears(headsetHertz);
    },
    patience,
  );

  test(
    'WIN-202 logged on elsewhere, the window at his desk says where his work goes on, and takes it back',
    async () => {
      await customer.hangUp();
      await second.getByText('No sessions.').waitFor();
      await button(second, 'Log off').click();
      await second.getByLabel('Desk phone').check();
      await logOn(second);
      await ready(second);
      await customer.dial('700');
      await button(second, 'Answer').click();
      await customerHears(deskHertz);

      const away = await browser.newContext({ locale: 'en-GB' });
      away.setDefaultTimeout(45_000);
      const other = await away.newPage();
      await other.goto(`${site.gateway}/agent`);
      await logOn(other);
      await other.getByText('The user is logged on elsewhere.').waitFor();
      await other.getByText('Agent application at 127.0.0.1, since').waitFor();
      await button(other, 'Take over here').click();
      await button(other, 'Hold').waitFor();
      await second.getByText('You have logged on elsewhere; your work goes on there.').waitFor();
      await second.getByText('Browser window at 127.0.0.1, since').waitFor();
      expect(await accessibilityFaults(second)).toEqual([]);
      await customerHears(deskHertz);

      await second.getByLabel('Password', { exact: true }).first().fill(machine.password);
      await button(second, 'Take over here').click();
      await button(second, 'Hold').waitFor();
      await other.getByText('You have logged on elsewhere; your work goes on there.').waitFor();
      await other.getByText('Agent application at 127.0.0.1, since').waitFor();
      await button(second, 'Hang up').click();
      await second.getByText('No sessions.').waitFor();
    },
    patience,
  );
});
