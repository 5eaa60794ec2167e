import { SessionState } from '@cordboard/contract';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type DemoSite, musicHertz, startDemoSite } from '../first-call/demo-site.ts';
import type { Desk } from '../first-call/desk.ts';
import type { Baresip } from '../phones/baresip.ts';
import { describeWithPrograms } from '../phones/programs.ts';
import { until } from '../phones/until.ts';
import { accessibilityFaults, lookAt, openBrowser } from './browser.ts';

const agentHertz = 440;
const colleagueHertz = 1500;
const customerHertz = 1000;
const heard = 0.1;
/** of tests that look at the page at three sizes, or start a server: a busy machine is no fault */
const patience = 180_000;

/** Service calls worked with the mouse, then with the keyboard, with real phones: each test goes on where the one before ended. */
describeWithPrograms(['baresip', 'chromium'], 'a day in the window', () => {
  let site: DemoSite;
  let machine: Desk;
  let browser: Browser;
  let page: Page;
  let customer: Baresip;
  let callId = 0;

  beforeAll(async () => {
    site = await startDemoSite({ clericalSeconds: 60 });
    machine = await site.machine('anna');
    await site.phone('1001', { answersItself: true, toneHertz: agentHertz });
    customer = await site.phone('2001', { name: 'Cecilia Customer', toneHertz: customerHertz });
    await site.phone('1002', { answersItself: true, toneHertz: colleagueHertz });
    const address = await machine.openWindow();
    browser = await openBrowser();
    page = await browser.newPage({ locale: 'en-GB' });
    await page.goto(address);
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await site?.close();
  }, 60_000);

  const button = (name: string) => page.getByRole('button', { name, exact: true });

  const key = (name: string) => page.locator('body').press(name);
  const field = (name: string) => page.getByRole('textbox', { name });
  const hears = (who: string, hertz: number) =>
    until(`the customer hears ${who}`, async () => (await customer.listen(200)).level(hertz) > heard, 20_000);
  const noSessions = () => page.getByText('No sessions.').waitFor();
  /** The call of the customer, as far as the agent may answer it. */
  const ring = async () => {
    const before = machine.callEvents.length;
    await customer.dial('700');
    await button('Answer').waitFor({ timeout: 30_000 });
    callId = (await machine.call(SessionState.Offered, before)).ID;
  };
  const secondsLeft = async () => {
    const text = (await page.locator('.clerical [role=timer]').textContent()) ?? '';
    return text.split(':').reduce((sum, part) => 60 * sum + Number(part), 0);
  };

  test('WIN-40 the agent logs on in the window, and becomes Ready', async () => {
    await page.getByLabel('User', { exact: true }).fill('anna');
    await page.getByLabel('Password', { exact: true }).first().fill(machine.password);
    await button('Log on').click();
    await page.getByText('Sessions', { exact: true }).waitFor();
    await page.getByText('Your phone is not registered.').waitFor({ state: 'detached' });
    expect(await machine.client.initialize()).toBe(true);
    await page.getByText('Ready', { exact: true }).nth(1).click();
    await until('the agent is ready', () => machine.statuses.at(-1)?.ReadyStatus);
  });

  test(
    'WIN-41 the call of a customer is answered with the mouse, and both are heard',
    async () => {
      await customer.dial('700');
      await button('Answer').click({ timeout: 30_000 });
      await button('Hold').waitFor();
      callId = (await machine.call(SessionState.Connected)).ID;
      await until('the agent is heard', async () => (await customer.listen(200)).level(agentHertz) > heard);
      await page.getByRole('heading', { name: 'Cecilia Customer' }).waitFor();
      expect(await lookAt(page, 'workspace-talking')).toEqual([]);
    },
    patience,
  );

  test('WIN-42 it is held with music and retrieved', async () => {
    await button('Hold').click();
    await button('Retrieve').waitFor();
    await until('music', async () => (await customer.listen(200)).level(musicHertz) > heard);
    await button('Retrieve').click();
    await button('Hold').waitFor();
    await until('the agent', async () => (await customer.listen(200)).level(agentHertz) > heard);
  });

  test(
    'WIN-43 it is hung up, wrapped up, and gone',
    async () => {
      await button('Hang up').click();
      await button('End clerical').waitFor();
      await button('End clerical').click();
      await page.getByText('No sessions.').waitFor();
      const { Offered, Connected, Held, Clearing, Clerical, Idle } = SessionState;
      expect(machine.statesOf(callId).filter(state => state !== Clearing)).toEqual([
        ...[Offered, Connected, Held, Connected, Clerical, Idle],
      ]);
      expect(machine.faults).toEqual([]);
    },
    patience,
  );

  test('WIN-61 a call is answered with the keyboard, and shows what the caller called for before', async () => {
    await ring();
    await key('a');
    await button('Hold').waitFor();
    await hears('the agent', agentHertz);
    await page.getByRole('region', { name: 'Earlier calls' }).getByText('Sales · Anna Alm').waitFor();
  });

  test(
    'WIN-62 a colleague is found by his name and consulted; the agent goes from one to the other',
    async () => {
      await key('u');
      await field('Consult: Number or name').fill('bo b');
      await page.getByRole('button', { name: /Bo Berg/ }).waitFor();
      expect(await lookAt(page, 'workspace-consult')).toEqual([]);
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Enter');
      await button('Conference').waitFor();
      await hears('music', musicHertz);
      await key('l');
      await hears('the agent', agentHertz);
    },
    patience,
  );

  test(
    'WIN-63 transferred with a key, both speak on, and the agent wraps up: he sees how long, extends and ends it',
    async () => {
      await key('t');
      await hears('the colleague', colleagueHertz);
      await button('End clerical').waitFor();
      expect(await secondsLeft()).toBeLessThanOrEqual(60);
      await key('x');
      await until('it is longer', async () => (await secondsLeft()) > 60);
      expect(await lookAt(page, 'workspace-clerical')).toEqual([]);
      await key('w');
      await noSessions();
      await customer.hangUp();
    },
    patience,
  );

  test('WIN-64 what is refused is said in words; a call that rings is sent on to a colleague', async () => {
    await ring();
    await key('f');
    await field('Deflect: Number or name').fill('no number');
    await page.getByText('Nobody of this name.').waitFor();
    await field('Deflect: Number or name').fill('99');
    await page.keyboard.press('Enter');
    await page.getByText('The call was not deflected:').waitFor();
    await button('Close').click();
    await button('Deflect').click();
    await field('Deflect: Number or name').fill('1002');
    await page.keyboard.press('Enter');
    await hears('the colleague', colleagueHertz);
    await noSessions();
    await customer.hangUp();
  });

  test('WIN-65 a number is consulted with the mouse and all three speak', async () => {
    await ring();
    await button('Answer').click();
    await button('Consult').click();
    await field('Consult: Number or name').fill('1002');
    await page
      .getByRole('form', { name: /Consult/ })
      .getByRole('button', { name: 'Consult' })
      .click();
    await button('Conference').click({ timeout: 15_000 });
    await hears('the colleague', colleagueHertz);
    await hears('the agent', agentHertz);
  });

  test(
    'WIN-60 another key is given to an action, and does it',
    async () => {
      await key('?');
      await button('Change keys').click();
      await page.getByRole('button', { name: 'Hang up: e' }).click();
      await page.keyboard.press('h');
      await page.getByText('This key has: Hold').waitFor();
      await page.keyboard.press('z');
      await page.getByRole('button', { name: 'Hang up: z' }).waitFor();
      expect(await accessibilityFaults(page)).toEqual([]);
      await button('Done').click();
      await page
        .getByRole('region', { name: 'Keyboard shortcuts' })
        .getByRole('button', { name: 'Close' })
        .click();
      await key('z');
      await button('End clerical').waitFor();
      await key('w');
      await noSessions();
      await customer.hangUp();
    },
    patience,
  );

  test(
    'WIN-66 the server is killed and started again: the call goes on, its state is there, no event is lost',
    async () => {
      await ring();
      await key('a');
      await button('Hold').waitFor();
      await site.crash(async () => {
        await page.getByText('The connection to the server is broken.').waitFor();
        expect(await accessibilityFaults(page)).toEqual([]);
        await hears('the agent', agentHertz);
      });
      await page
        .getByText('The connection to the server is broken.')
        .waitFor({ state: 'detached', timeout: 60_000 });
      await key('h');
      await hears('music', musicHertz);
      await key('h');
      await hears('the agent', agentHertz);
      await customer.hangUp();
      await button('End clerical').click();
      await noSessions();
      const { Offered, Connected, Held, Clearing, Clerical, Idle } = SessionState;
      expect(machine.statesOf(callId).filter(state => state !== Clearing)).toEqual([
        ...[Offered, Connected, Held, Connected, Clerical, Idle],
      ]);
    },
    patience,
  );
});
