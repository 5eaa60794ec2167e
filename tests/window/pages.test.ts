import { type Desk, exampleCall, exampleLogin, openDesk } from '@cordboard/agent/testing';
import { refused, SessionState, UpdateType } from '@cordboard/contract';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeWithPrograms } from '../phones/programs.ts';
import { complaintsOf, lookAt, openBrowser } from './browser.ts';

describeWithPrograms(['chromium'], 'the window of the Agent application, in Chromium', () => {
  let browser: Browser;
  let desk: Desk;
  let page: Page;
  let complaints: readonly string[];

  beforeAll(async () => {
    browser = await openBrowser();
    desk = await openDesk(null);
    page = await browser.newPage({ locale: 'en-GB' });
    complaints = complaintsOf(page);
  });
  afterAll(async () => {
    await browser?.close();
    await desk?.[Symbol.asyncDispose]();
  });

  const button = (name: string) => page.getByRole('button', { name, exact: true });

  test('WIN-30 the address opens the log-on page, and forgets the token', async () => {
    await page.goto(desk.application.window ?? '');
    await page.getByRole('heading', { name: 'Log on' }).waitFor();
    expect(new URL(page.url()).hash).toBe('');
    expect(await lookAt(page, 'logon')).toEqual([]);
    await button('Log on').press('?');
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).getByText('Answer').waitFor();
    await button('Close').click();
  });

  test('WIN-31 a refused logon says why', async () => {
    desk.gateway.refuseLogon({ reason: 'wrongCredentials', text: 'no' });
    await page.getByLabel('User', { exact: true }).fill(exampleLogin.logonId ?? '');
    await page.getByLabel('Password', { exact: true }).first().fill('wrong');
    await button('Log on').click();
    await page.getByText('User or password is wrong.').waitFor();
    expect(await lookAt(page, 'logon-refused')).toEqual([]);
  });

  test('WIN-226 who has several sites names his under More; a site that the server has not is said', async () => {
    desk.gateway.refuseLogon({ reason: 'unknownSite', text: 'no' });
    await page.getByText('More', { exact: true }).click();
    await page.getByRole('textbox', { name: 'Site' }).fill('Nowhere');
    await page.getByLabel('Password', { exact: true }).first().fill('a password');
    await button('Log on').click();
    await page.getByText('The server has no such site.').waitFor();
    expect(desk.gateway.logons.at(-1)?.siteName).toBe('Nowhere');
    await page.getByRole('textbox', { name: 'Site' }).fill('');
  });

  test('WIN-32 logged on, the workspace is there, empty, without a call control', async () => {
    desk.gateway.refuseLogon(null);
    await page
      .getByLabel('Password', { exact: true })
      .first()
      .fill(exampleLogin.password ?? '');
    await button('Log on').click();
    await page.getByRole('heading', { name: 'Anna Andersson' }).waitFor();
    for (const name of ['Answer', 'Hold', 'Hang up', 'Transfer'])
      expect(await button(name).count(), name).toBe(0);
    expect(await lookAt(page, 'workspace-empty')).toEqual([]);
  });

  test('WIN-33 a ringing call is announced, has its data, and a refusal of the site is shown', async () => {
    desk.gateway.publish(
      'OnCallEvent',
      exampleCall({ ID: 7, State: SessionState.Offered, CanAnswer: true, CallerName: 'Bertil' }),
    );
    await page.getByText('Ringing: Bertil').waitFor({ state: 'attached' });
    desk.gateway.respond('answerCall', () => refused('notAnswerable'));
    await button('Answer').click();
    await page.getByText('The phone of this agent must be answered by hand.').waitFor();
    expect(await lookAt(page, 'workspace-ringing')).toEqual([]);
  });

  test('WIN-34 of 2,000 calls that wait only those that are seen are in the page', async () => {
    for (let ID = 1; ID <= 2_000; ID++)
      desk.gateway.publish('OnDispatchVoiceCallEvent', { ...waiting, ID, Number: `0${ID}` }, UpdateType.Add);
    await page.getByText('Queues (2000)').waitFor();
    expect(await page.locator('.waiting-row').count()).toBeLessThan(60);
    expect(await lookAt(page, 'workspace-waiting')).toEqual([]);
    // by the keyboard through the rows, to one that was not in the page
    await page.locator('body').press('q');
    for (let row = 0; row < 40; row++) await page.keyboard.press('ArrowDown');
    await expect
      .poll(() => page.evaluate('document.activeElement.closest("[data-index]")?.getAttribute("data-index")'))
      .toBe('39');
    await page.keyboard.press('Enter');
    await expect
      .poll(() => desk.gateway.received.find(each => each.method === 'retrieveDispatchVoiceCall')?.parameters)
      .toEqual({ callId: 40 });
  });

  test('WIN-35 the shortcuts are listed with ? and act', async () => {
    desk.gateway.respond('answerCall', () => ({ ok: true, value: true }));
    const before = desk.gateway.received.filter(each => each.method === 'answerCall').length;
    await page.locator('body').press('a');
    await expect
      .poll(() => desk.gateway.received.filter(each => each.method === 'answerCall').length)
      .toBe(before + 1);
    await page.locator('body').press('?');
    await page.getByRole('heading', { name: 'Keyboard shortcuts' }).waitFor();
    expect(await lookAt(page, 'shortcuts')).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  });

  test('WIN-224 the shortcuts are listed in the settings too, and Escape closes the list alone', async () => {
    await page.locator('body').press(',');
    await page.getByRole('heading', { name: 'Settings', exact: true }).waitFor();
    await page.locator('body').press('?');
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).getByText('Answer').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(new URL(page.url()).hash).toBe('#settings/general');
    await page.keyboard.press('Escape');
    await button('Log off').waitFor();
  });

  test('WIN-36 a broken connection to the server is shown, and catches up by itself', async () => {
    desk.gateway.publish(
      'OnCallEvent',
      exampleCall({ ID: 7, State: SessionState.Connected, CanHold: true, CanHangup: true }),
    );
    await button('Hold').waitFor();
    desk.gateway.breakConnections();
    desk.gateway.publish('OnCallEvent', exampleCall({ ID: 7, State: SessionState.Held, CanRetrieve: true }));
    await button('Retrieve').waitFor();
  });

  test('WIN-37 a reload keeps the agent at work; a page without the token is told how to come in', async () => {
    await page.reload();
    await button('Retrieve').waitFor();
    const stranger = await (await browser.newContext()).newPage();
    await stranger.goto(new URL('/', desk.application.window ?? '').href);
    await stranger.getByText('not from the application that runs now').waitFor();
    await stranger.context().close();
  });

  test('WIN-38 logged off, the log-on page is there with the user, and nothing was complained of', async () => {
    await button('Log off').click();
    await page.getByRole('heading', { name: 'Log on' }).waitFor();
    expect(complaints.filter(each => !each.includes('WebSocket'))).toEqual([]);
  });

  test('WIN-227 where the Agent application has ended the log-on page says so, and cannot be sent', async () => {
    await desk.application.close();
    await page.getByText('The Agent application does not answer. Trying again ...').waitFor();
    expect(await button('Log on').isDisabled()).toBe(true);
    expect(await lookAt(page, 'logon-lost')).toEqual([]);
  });
});

const waiting = {
  ReservedAgentID: 0,
  ReservedAgentName: '',
  ServiceGroupID: 7,
  QueueStartTime: '2026-11-22T20:00:00.000Z',
  CalledNumber: '700',
  IVR: '',
  IVRData: [],
  IVRLabels: [],
  IVRDataString: '',
  IVRLabelString: '',
};
