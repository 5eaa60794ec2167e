import { readFileSync } from 'node:fs';
import { type Desk, exampleCall, openDesk, readZip } from '@cordboard/agent/testing';
import { SessionState } from '@cordboard/contract';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeWithPrograms } from '../phones/programs.ts';
import { complaintsOf, lookAt, openBrowser } from './browser.ts';

describeWithPrograms(['chromium'], 'the settings of the window, in Chromium', () => {
  let browser: Browser;
  let desk: Desk;
  let page: Page;
  let complaints: readonly string[];

  beforeAll(async () => {
    browser = await openBrowser();
    desk = await openDesk();
    page = await browser.newPage({ locale: 'en-GB', permissions: ['notifications'] });
    complaints = complaintsOf(page);
    await page.goto(desk.application.window ?? '');
    await page.getByRole('heading', { name: 'Anna Andersson' }).waitFor();
  });
  afterAll(async () => {
    await browser?.close();
    await desk?.[Symbol.asyncDispose]();
  });

  const button = (name: string) => page.getByRole('button', { name, exact: true });
  const open = (name: string) => page.getByRole('link', { name, exact: true }).click();

  test('WIN-84 the settings open by key and by button, go back by Escape, and the focus returns', async () => {
    await page.locator('body').press(',');
    await page.getByRole('heading', { name: 'Settings', exact: true }).waitFor();
    expect(new URL(page.url()).hash).toBe('#settings/general');
    await page.keyboard.press('Escape');
    await button('Settings (,)').focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Settings', exact: true }).waitFor();
    await page.keyboard.press('Escape');
    await expect
      .poll(() => page.evaluate('document.activeElement?.getAttribute("aria-label")'))
      .toBe('Settings (,)');
  });

  test('WIN-86 the language is chosen by keyboard, and holds after a reload', async () => {
    await button('Settings (,)').press('Enter');
    await page.getByRole('combobox', { name: 'Language', exact: true }).selectOption('de');
    await page.getByRole('heading', { name: 'Einstellungen', exact: true }).waitFor();
    await page.reload();
    await page.getByRole('heading', { name: 'Einstellungen', exact: true }).waitFor();
    expect(await page.evaluate('document.documentElement.lang')).toBe('de');
    await page.getByRole('combobox', { name: 'Sprache', exact: true }).selectOption('auto');
    await page.getByRole('heading', { name: 'Settings', exact: true }).waitFor();
    expect(await lookAt(page, 'settings-general')).toEqual([]);
  });

  test('WIN-222 a browser that knows nobody shows the window as its person left it, and what he chooses there holds here', async () => {
    await page.getByRole('combobox', { name: 'Colours', exact: true }).selectOption('dark');
    const elsewhere = await (await browser.newContext({ locale: 'en-GB' })).newPage();
    await elsewhere.goto(desk.application.window ?? '');
    await elsewhere.getByRole('heading', { name: 'Anna Andersson' }).waitFor();
    const colors = (where: Page) =>
      where.evaluate('document.documentElement.dataset.mantineColorScheme') as Promise<string>;
    await expect.poll(() => colors(elsewhere)).toBe('dark');
    await elsewhere.evaluate('location.hash = "#settings/general"');
    await elsewhere.getByRole('combobox', { name: 'Colours', exact: true }).selectOption('light');
    await expect.poll(() => colors(page)).toBe('light');
    await elsewhere.context().close();
    await page.getByRole('combobox', { name: 'Colours', exact: true }).selectOption('auto');
  });

  test('WIN-86 a log level chosen in the window is in the file and in the log at once', async () => {
    await open('Log');
    const level = page.getByRole('combobox', { name: 'Diagnostic log level' });
    await level.selectOption('6');
    await expect
      .poll(() => JSON.parse(readFileSync(desk.settingsFile, 'utf8')))
      .toMatchObject({ logLevel: 6 });
    await expect.poll(() => desk.readLog()).toContain('log level 6, set in the window');
    await expect.poll(() => level.inputValue()).toBe('6');
  });

  test('WIN-92 the log is shown as it is written: filtered, paused, read whole, exported', async () => {
    const log = page.getByRole('listbox', { name: 'Agent.log' });
    desk.gateway.publish('OnCallEvent', exampleCall({ ID: 4711, State: SessionState.Connected }));
    await log.getByText('call 4711').waitFor();
    await page.getByLabel('Kind').selectOption('SEEN');
    await log.getByText('OnCallEvent').first().waitFor();
    expect(await log.getByRole('option').first().textContent()).toMatch(/\d+\.\d ms/);
    await page.getByLabel('Kind').selectOption('');
    await page.getByLabel('Contains').fill('of call 9001');
    await expect.poll(() => log.getByRole('option').count()).toBe(0);
    await page.getByLabel('Contains').fill('ID":9001');
    await button('Pause').click();
    desk.gateway.publish('OnCallEvent', exampleCall({ ID: 9001, State: SessionState.Connected }));
    await expect.poll(() => desk.readLog()).toContain('"ID":9001');
    expect(await log.getByRole('option').count()).toBe(0);
    await button('Go on').click();
    await log.getByRole('option').first().waitFor();
    await log.press('End');
    await page.getByRole('region', { name: 'The chosen line' }).getByText('"ID":9001').waitFor();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      button('Export what is shown').click(),
    ]);
    const exported = readFileSync(await download.path(), 'utf8')
      .trim()
      .split('\n');
    expect(exported.length).toBeGreaterThan(0);
    const written = new Set(desk.readLog().split('\n'));
    for (const line of exported) {
      expect(line).toContain('9001');
      expect(written.has(line), 'nothing that is not in the file').toBe(true);
    }
    await page.getByLabel('Contains').fill('');
    expect(await lookAt(page, 'settings-log')).toEqual([]);
  });

  test('WIN-92 of a long log only the lines that are seen are in the page, and older ones come when asked for', async () => {
    for (const ID of [4711, 9001])
      desk.gateway.publish('OnCallEvent', exampleCall({ ID, State: SessionState.Idle }));
    for (let each = 0; each < 400; each++)
      desk.gateway.publish(
        'OnCallEvent',
        exampleCall({ ID: 10_000 + each, State: SessionState.Idle, PrivateData: 'x'.repeat(300) }),
      );
    await expect.poll(() => desk.readLog()).toContain('"ID":10399');
    await page.reload();
    const log = page.getByRole('listbox', { name: 'Agent.log' });
    await page.getByLabel('Contains').fill('call 10');
    await log.getByText('call 10399').waitFor();
    expect(await log.getByText('call 10001').count()).toBe(0);
    expect(await log.getByRole('option').count()).toBeLessThan(80);
    const count = async () =>
      Number(((await page.getByText(/\d lines$/).textContent()) ?? '').split(' / ')[1]?.split(' ')[0]);
    const before = await count();
    await button('Older lines').click();
    await expect.poll(count).toBeGreaterThan(before);
  });

  test('WIN-87 a connected program is listed, and disconnected by a click', async () => {
    const program = await desk.connected('screen pop');
    await open('Programs and pages');
    await page.getByText(/screen pop #\d+/).waitFor();
    expect(await lookAt(page, 'settings-programs')).toEqual([]);
    await page.getByRole('button', { name: /Disconnect: screen pop/ }).click();
    await page.getByText('Disconnected, and not taken again: screen pop').waitFor();
    await expect.poll(() => program.connectionState).toBe('idle');
    expect(await program.initialize()).toBe(false);
    expect(program.lastRefusal?.detail).toBe('revoked by the user');
  });

  test('WIN-94 a call that rings is heard, is in the title, and is notified while another window is in front', async () => {
    await open('Ringing and notifications');
    await page.getByRole('switch', { name: /Notify me when a call rings/ }).check();
    await page.evaluate(`document.addEventListener('play', () => { globalThis.played = true; }, true)`);
    await page.getByRole('button', { name: 'Listen to it' }).click();
    await expect.poll(() => page.evaluate('globalThis.played')).toBe(true);
    await page.locator('audio[data-ring=sounds]').waitFor({ state: 'detached' });
    expect(await lookAt(page, 'settings-notifications')).toEqual([]);
    await page.keyboard.press('Escape');
    await page.evaluate(inAnotherWindow);
    const rings = exampleCall({ ID: 77, State: SessionState.Offered, CallerName: 'Bertil', CanAnswer: true });
    desk.gateway.publish('OnCallEvent', rings);
    await page.locator('audio[data-ring=sounds]').waitFor({ state: 'attached' });
    await expect.poll(() => page.evaluate('ringTime()')).toBeGreaterThan(0);
    await expect.poll(() => page.title()).toContain('Bertil');
    expect(await page.evaluate('notified')).toEqual([
      { title: 'Ringing: Bertil', body: 'Sales · +46812345', closed: false },
    ]);
    desk.gateway.publish('OnCallEvent', { ...rings, State: SessionState.Connected, CanAnswer: false });
    await page.locator('audio[data-ring=sounds]').waitFor({ state: 'detached' });
    await expect.poll(() => page.title()).toBe('Cordboard');
    expect(await page.evaluate('notified[0].closed')).toBe(true);
  });

  test('WIN-81 the page of the connection shows a break and what it was like before', async () => {
    desk.gateway.breakConnections();
    await page.evaluate('location.hash = "#settings/connection"');
    await page
      .getByRole('row', { name: /Connecting/ })
      .first()
      .waitFor();
    await page.getByText(/Round trips: \d+/).waitFor();
    expect(await lookAt(page, 'settings-connection')).toEqual([]);
  });

  test('WIN-99 a support bundle is made by a click, looked at, and saved', async () => {
    await open('Support bundle');
    await button('Make a support bundle').click();
    await page.getByText(/^Agent\.log \(/).click();
    await page.getByText('SEEN window OnCallEvent').waitFor();
    expect(await lookAt(page, 'settings-support')).toEqual([]);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: /^Save the file/ }).click(),
    ]);
    expect(download.suggestedFilename()).toMatch(/^cordboard-support-.*\.zip$/);
    const files = readZip(readFileSync(await download.path()));
    expect(JSON.parse(files['window.json'] ?? '')).toMatchObject({ page: '#settings/support' });
    expect(JSON.stringify(files)).not.toMatch(/Bertil|\+46812345/);
  });

  test('WIN-84 every page of the settings is without a fault, and the browser complained of nothing', async () => {
    await open('About');
    await page.getByText('MIT').waitFor();
    expect(await lookAt(page, 'settings-about')).toEqual([]);
    await open('Microphone and speaker');
    await page.getByRole('region', { name: 'Microphone and speaker' }).waitFor();
    await open('Keyboard');
    await page.getByRole('region', { name: 'Keyboard' }).getByText('Answer', { exact: true }).waitFor();
    expect(await lookAt(page, 'settings-keyboard')).toEqual([]);
    expect(complaints).toEqual([]);
  });
});

/** Somebody else has the focus; what the system would show is written down instead; and how far the ringing has come. */
const inAnotherWindow = `
  document.hasFocus = () => false;
  globalThis.notified = [];
  globalThis.Notification = class {
    static permission = 'granted';
    constructor(title, { body }) {
      this.entry = { title, body, closed: false };
      notified.push(this.entry);
    }
    close() { this.entry.closed = true; }
  };
  globalThis.ringTime = () => document.querySelector('audio[data-ring=sounds]')?.currentTime ?? 0;
`;
