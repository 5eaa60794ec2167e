import { readFileSync } from 'node:fs';
import { type Desk, openDesk } from '@cordboard/agent/testing';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeWithPrograms } from '../phones/programs.ts';
import { lookAt, openBrowser } from './browser.ts';

describeWithPrograms(['chromium'], 'the settings of the window, in Chromium', () => {
  let browser: Browser;
  let desk: Desk;
  let page: Page;
  const complaints: string[] = [];

  beforeAll(async () => {
    browser = await openBrowser();
    desk = await openDesk();
    page = await browser.newPage({ locale: 'en-GB' });
    page.on('console', message => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    page.on('pageerror', error => complaints.push(String(error)));
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

  test('WIN-86 a log level chosen in the window is in the file and in the log at once', async () => {
    await open('Log');
    const level = page.getByLabel('Diagnostic log level');
    await level.selectOption('6');
    await expect
      .poll(() => JSON.parse(readFileSync(desk.settingsFile, 'utf8')))
      .toMatchObject({ logLevel: 6 });
    await expect.poll(() => desk.readLog()).toContain('log level 6, set in the window');
    await expect.poll(() => level.inputValue()).toBe('6');
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

  test('WIN-84 every page of the settings is without a fault, and the browser complained of nothing', async () => {
    await open('About');
    await page.getByText('MIT').waitFor();
    expect(await lookAt(page, 'settings-about')).toEqual([]);
    expect(complaints).toEqual([]);
  });
});
