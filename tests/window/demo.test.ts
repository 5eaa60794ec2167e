import { createPhone, type TestPhone } from '@cordboard/switch/testing';
import type { Browser, FrameLocator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeWithPrograms } from '../phones/programs.ts';
import { until } from '../phones/until.ts';
import { openBrowser } from './browser.ts';
import { type StartedDemo, startDemo } from './started-demo.ts';

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false; // it has ended
  }
};

/** The first minute of the README, in a real browser: each test goes on where the one before ended. */
describeWithPrograms(['chromium'], 'npm start, in Chromium', () => {
  let demo: StartedDemo;
  let browser: Browser;
  let page: Page;
  let phone: TestPhone;
  let scriptTest: FrameLocator;
  let crm: FrameLocator;
  let customer = '';

  beforeAll(async () => {
    demo = await startDemo(['--calls-per-minute', '30', '--most-at-once', '2']);
    phone = await createPhone({
      extension: '1001',
      password: demo.passwordOf('1001'),
      server: demo.sip,
      tone: 440,
    });
    await phone.register();
    browser = await openBrowser();
    page = await browser.newPage({ locale: 'en-GB' });
    page.setDefaultTimeout(20_000);
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    phone?.close();
    await demo?.close();
  }, 60_000);

  /** A web page stands in a frame of the window's, in which it has one of its own. */
  const pageAt = (path: string): FrameLocator =>
    page.frameLocator(`iframe[title]`).frameLocator(`iframe[src*="${path}"]`);

  test('DEM-20 the printed address opens the window of an agent who is logged on', async () => {
    expect(demo.printed()).toContain('You are Anna Alm, an agent, and logged on.');
    await page.goto(demo.window);
    await page.getByRole('heading', { name: 'Anna Alm' }).waitFor();
  });

  test('DEM-21 the script test page is a tab, and calls methods: the answer, the refusal with its reason, and the time', async () => {
    await page.getByRole('tab', { name: 'Script test' }).click();
    scriptTest = pageAt('/javascript-test/');
    await scriptTest.getByText('Connected', { exact: true }).waitFor();
    await scriptTest.getByText('getUserInformation()', { exact: true }).click();
    await scriptTest.getByRole('button', { name: 'Call getUserInformation' }).click();
    await scriptTest.getByText(/Answered in [\d.]+ ms/).waitFor();
    await scriptTest.getByText('"LoginID": "anna"').waitFor();
    await scriptTest.getByText('answerCall(callId)', { exact: true }).click();
    await scriptTest.getByRole('textbox', { name: 'callId' }).fill('99999');
    await scriptTest.getByRole('button', { name: 'Call answerCall' }).click();
    await scriptTest.getByText(/Refused in [\d.]+ ms: unknownCall\. The agent has no session/).waitFor();
  });

  test('DEM-22 Ready by a script, the call of a simulated customer comes, and its events are shown as they come', async () => {
    await scriptTest.getByText('setReadyStatus(status, reasonId?, reasonName?)').click();
    await scriptTest.getByRole('button', { name: 'Call setReadyStatus' }).click();
    await scriptTest.getByText('Anna Alm ready').waitFor();
    await scriptTest
      .getByText(/#\d+ Offered/)
      .first()
      .waitFor();
  });

  test('DEM-23 the sample CRM opens with the call, shows who calls, and answers; the note goes with the call', async () => {
    crm = pageAt('/sample-crm/?number=');
    const title = crm.locator('#card h2');
    await title.waitFor();
    customer = (await title.textContent()) ?? '';
    expect(customer).toMatch(/^\w+ \w+$/);
    await crm.getByRole('button', { name: 'Answer' }).click();
    await crm.getByRole('button', { name: 'Hold' }).waitFor();
    await crm.getByLabel('Note').fill('Wants a green lamp');
    await crm.getByRole('button', { name: 'Save note' }).click();
    await crm.getByText(/Note saved, and attached to call \d+/).waitFor();
    await crm.locator('.entries').getByText('Wants a green lamp').waitFor();
    await until('his voice is heard', () => (phone.calls.at(-1)?.audio.packetsReceived ?? 0) > 10);
  });

  test('DEM-23 it hangs up, ends the wrap-up, and calls a customer at a click', async () => {
    await crm.getByRole('button', { name: 'Hang up' }).click();
    await crm.getByRole('button', { name: 'Wrapped up' }).click();
  });

  test('DEM-24 Ctrl-C ends all that was started', async () => {
    const children = await demo.children();
    expect(children.length).toBe(4);
    expect(await demo.interrupt()).toBe(0);
    expect(children.filter(isAlive)).toEqual([]);
  });
});
