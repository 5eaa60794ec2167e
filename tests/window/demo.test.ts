import path from 'node:path';
import { createPhone, type TestPhone } from '@cordboard/switch/testing';
import type { Browser, Frame, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeWithPrograms } from '../phones/programs.ts';
import { until } from '../phones/until.ts';
import { writeToneFile } from '../phones/wav-file.ts';
import { accessibilityFaults } from './browser.ts';
import { openSpeakingBrowser, openSpeakingPage, pageHears } from './ears.ts';
import { type StartedDemo, startDemo } from './started-demo.ts';

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false; // it has ended
  }
};

/** Of what a voice has, and a telephone carries. */
const loudest = async (page: Page): Promise<number> => {
  const levels = [200, 300, 400, 500, 600, 800, 1_000].map(hertz => pageHears(page, hertz));
  return Math.max(...(await Promise.all(levels)));
};

/** The first minute of the README, in a real browser with a headset: each test goes on where the one before ended. */
describeWithPrograms(['chromium'], 'npm start, in Chromium', () => {
  let demo: StartedDemo;
  let browser: Browser;
  let page: Page;
  let second: TestPhone | undefined;
  let scriptTest: Frame;
  let crm: Frame;

  beforeAll(async () => {
    // the first two callers of this seed call Sales, are patient, and talk until the agent hangs up
    demo = await startDemo(['--calls-per-minute', '30', '--most-at-once', '2', '--seed', '508']);
    const tone = path.join(demo.folder, 'agent.wav');
    await writeToneFile(tone, 500, 10);
    browser = await openSpeakingBrowser(tone);
    ({ page } = await openSpeakingPage(browser, 'allowed'));
    page.setDefaultTimeout(45_000);
  }, 200_000);
  afterAll(async () => {
    await browser?.close();
    second?.close();
    await demo?.close();
  }, 60_000);

  /** The page of a web tab: a frame in a frame of the window's. */
  const frameOf = (path: string): Promise<Frame> =>
    until(`the page ${path}`, () => page.frames().find(each => each.url().includes(path)), 45_000);

  const called = (method: string) => scriptTest.getByRole('button', { name: `Call ${method}`, exact: true });

  test('DEM-20 the printed address opens the window of an agent who is logged on', async () => {
    expect(demo.printed()).toContain('You are Anna Alm, an agent, and logged on.');
    await page.goto(demo.window);
    await page.getByRole('heading', { name: 'Anna Alm' }).waitFor();
    await page.getByText('Phone ready').waitFor();
  });

  test('DEM-21 the script test page is a tab: a method answers, or is refused with its reason, in so much time', async () => {
    await page.getByRole('tab', { name: 'Script test' }).click();
    scriptTest = await frameOf('/javascript-test/');
    await scriptTest.getByText('Anna Alm, 1001').waitFor();
    await scriptTest.getByText('getUserInformation()', { exact: true }).click();
    await called('getUserInformation').click();
    await scriptTest.getByText(/Answered in [\d.]+ ms/).waitFor();
    await scriptTest.getByText('"LoginID": "anna"').waitFor();
    await scriptTest.getByText('answerCall(callId)', { exact: true }).click();
    await scriptTest.getByRole('combobox', { name: 'callId' }).fill('99999');
    await called('answerCall').click();
    await scriptTest.getByText(/Refused in [\d.]+ ms: unknownCall\. The agent has no session/).waitFor();
  });

  test('DEM-22 Ready by a script, the call of a simulated customer comes, and its events are shown', async () => {
    await scriptTest.getByText('setReadyStatus(status, reasonId?, reasonName?)').click();
    await called('setReadyStatus').click();
    await scriptTest.getByText('Anna Alm ready').waitFor();
    await scriptTest
      .getByText(/^#\d+ Offered 20\d\d/)
      .first()
      .waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
  });

  test('DEM-23 the sample CRM opens with the call, shows who calls, and answers; the note goes with the call', async () => {
    crm = await frameOf('/sample-crm/?number=20');
    await crm.getByRole('heading', { name: /^[A-Z]\w+ [A-Z]\w+$/ }).waitFor();
    await crm.getByRole('button', { name: 'Answer' }).click();
    await crm.getByRole('button', { name: 'Hold' }).waitFor();
    await crm.getByLabel('Note').fill('Wants a green lamp');
    await crm.getByRole('button', { name: 'Save note' }).click();
    await crm.getByText(/Note saved, and attached to call \d+/).waitFor();
    await crm.locator('.entries').getByText('Wants a green lamp').waitFor();
    await until('he is heard', async () => (await loudest(page)) > -60, 45_000);
  });

  test('DEM-23 it hangs up, ends the wrap-up, and calls a customer at a click', async () => {
    await scriptTest.getByRole('combobox', { name: 'status', exact: true }).selectOption('false');
    await called('setReadyStatus').click();
    await scriptTest.getByText('Anna Alm not ready').first().waitFor();
    await crm.getByRole('button', { name: 'Hang up' }).click();
    await crm.getByRole('button', { name: 'Wrapped up' }).click();
    await crm.getByText('No call.').waitFor();
    // the demo's customer may be in a call, and busy; his second phone is not
    const password = demo.passwordOf('2010');
    second = await createPhone({ extension: '2010', password, server: demo.sip, whenCalled: 'answer' });
    await second.register();
    await crm.getByRole('button', { name: 'Call Oskar Olsson' }).click();
    await crm.getByRole('button', { name: 'Hold' }).waitFor();
    await crm.getByRole('heading', { name: 'Oskar Olsson' }).waitFor();
    expect(second.calls).toHaveLength(1);
    await crm.getByRole('button', { name: 'Hang up' }).click();
    await crm.getByText('No call.').waitFor();
  });

  test('DEM-24 Ctrl-C ends all that was started', async () => {
    const children = await demo.children();
    expect(children).toHaveLength(4);
    expect(await demo.interrupt()).toBe(0);
    expect(children.filter(isAlive)).toEqual([]);
  });
});
