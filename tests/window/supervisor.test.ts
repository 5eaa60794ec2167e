import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type DemoSite, musicHertz, startDemoSite } from '../first-call/demo-site.ts';
import { isIn, sidesOf } from '../full-call/recorded.ts';
import { heard, hearsOnly } from '../full-call/voices.ts';
import type { Baresip } from '../phones/baresip.ts';
import { describeWithPrograms } from '../phones/programs.ts';
import { until } from '../phones/until.ts';
import { accessibilityFaults, lookAt, openBrowser } from './browser.ts';

const annaHertz = 440;
const customerHertz = 1_000;
const evaHertz = 1_500;
const voices = [annaHertz, customerHertz, evaHertz];
const warningHertz = 1_900;
const promptHertz = 1_300;
/** what the customer types; nobody sees it */
const code = '8264';
/** of tests that look at the page at three sizes, or at the sound of three phones: a busy machine is no fault */
const patience = 180_000;

interface Listed {
  id: number;
  milliseconds: number;
}

/** What an agent and her supervisor do by buttons and keys, on real phones: each test goes on where the one before ended. */
describeWithPrograms(['baresip', 'chromium'], 'an agent and her supervisor', () => {
  let site: DemoSite;
  let browser: Browser;
  let anna: Page;
  let eva: Page;
  let annasPhone: Baresip;
  let evasPhone: Baresip;
  let customer: Baresip;
  let other: Baresip;
  let evasPassword: string;

  const button = (on: Page, name: string) => on.getByRole('button', { name, exact: true });
  const key = (on: Page, name: string) => on.locator('body').press(name);
  const state = (on: Page, text: string) => on.locator('.call-state').getByText(text, { exact: true });
  const listened = 'Somebody is listening to your calls.';
  const logOn = async (logonId: string, password: string): Promise<Page> => {
    const page = await browser.newPage({ locale: 'en-GB' });
    page.setDefaultTimeout(45_000);
    await page.goto(`${site.gateway}/agent`);
    await page.getByLabel('User', { exact: true }).fill(logonId);
    await page.getByLabel('Password', { exact: true }).first().fill(password);
    await button(page, 'Log on').click();
    await page.getByText('Your phone is not registered.').waitFor({ state: 'detached' });
    return page;
  };
  const hears = (phone: Baresip, hertz: number) =>
    until(
      `${phone.extension} hears ${hertz} Hz`,
      async () => (await phone.listen(200)).level(hertz) > heard,
      30_000,
    );
  const talk = async () => {
    await customer.dial('700');
    await button(anna, 'Answer').click();
    await button(anna, 'Hold').waitFor();
    await hears(customer, annaHertz);
  };
  const wrapUp = async () => {
    await button(anna, 'End clerical').click();
    await anna.getByText('No sessions.').waitFor();
  };
  const found = (name: RegExp) =>
    eva.getByRole('list', { name: 'Agents and service groups' }).getByRole('button', { name });

  beforeAll(async () => {
    site = await startDemoSite({
      clericalSeconds: 300,
      ringSeconds: 60,
      sections: { monitorNotice: true },
      tones: {
        'intrusion-warning': warningHertz,
        'enter-pin': promptHertz,
        'thank-you': 1_700,
        'invalid-choice': 1_700,
      },
    });
    const { password } = await site.machine('anna');
    ({ password: evasPassword } = await site.machine('eva'));
    annasPhone = await site.phone('1001', { answersItself: true, toneHertz: annaHertz });
    evasPhone = await site.phone('1005', { answersItself: true, toneHertz: evaHertz });
    customer = await site.phone('2001', { name: 'Cecilia Customer', toneHertz: customerHertz });
    other = await site.phone('2002', { name: 'Oskar Other', toneHertz: 2_300 });
    browser = await openBrowser();
    anna = await logOn('anna', password);
    await anna.getByText('Ready', { exact: true }).nth(1).click();
    eva = await logOn('eva', evasPassword);
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await site?.close();
  }, 60_000);

  test(
    'WIN-203 a call is recorded by a button, which is shown, paused on hold, and stopped by a key',
    async () => {
      await talk();
      await button(anna, 'Record').click();
      await state(anna, 'Recording').waitFor();
      await customer.listen(1_000);
      expect(await accessibilityFaults(anna)).toEqual([]);
      await button(anna, 'Hold').click();
      await state(anna, 'Recording is paused').waitFor();
      await hears(customer, musicHertz);
      await button(anna, 'Retrieve').click();
      await state(anna, 'Recording').waitFor();
      await hears(customer, annaHertz);
      await key(anna, 'o');
      await button(anna, 'Record').waitFor();
      await state(anna, 'Recording').waitFor({ state: 'detached' });
      await until('she hears the customer again', () => annasPhone.hears());
      await button(anna, 'Hang up').click();
      await wrapUp();
    },
    patience,
  );

  test(
    'WIN-204 a supervisor listens to an agent whom she finds by name; the agent is told, and hears nothing',
    async () => {
      // what this phone hears after a hold it writes down no more
      await talk();
      await button(eva, 'Listen').click();
      await eva.getByLabel('Agent', { exact: true }).fill('anna');
      await found(/Anna Alm/).click();
      await eva.getByText('You hear Anna Alm.').waitFor();
      await anna.getByText(listened).waitFor();
      await hearsOnly(evasPhone, [annaHertz, customerHertz], voices);
      await hearsOnly(annasPhone, [customerHertz], voices);
      await hearsOnly(customer, [annaHertz], voices);
      expect(await accessibilityFaults(eva)).toEqual([]);
      expect(await lookAt(anna, 'workspace-monitored')).toEqual([]);
    },
    patience,
  );

  test(
    'WIN-204 she whispers to the agent, then barges in and is heard by both; gone, the two go on',
    async () => {
      await button(eva, 'Whisper').click();
      await eva.getByText('Whispering: only the agent hears you').waitFor();
      await hearsOnly(annasPhone, [customerHertz, evaHertz], voices);
      await hearsOnly(customer, [annaHertz], voices);
      await button(eva, 'Barge in').click();
      await state(anna, 'Conference').waitFor();
      await hearsOnly(customer, [annaHertz, evaHertz], voices);
      await anna.getByText(listened).waitFor({ state: 'detached' });
      await button(eva, 'Hang up').click();
      await state(anna, 'Connected').waitFor();
      await hearsOnly(customer, [annaHertz], voices);
      await button(eva, 'Listen').waitFor();
    },
    patience,
  );

  test(
    'WIN-204 she waits for the next call of an agent who has none, hears it, and stops by the keyboard',
    async () => {
      await button(anna, 'Hang up').click();
      await wrapUp();
      await button(eva, 'Listen').click();
      await eva.getByLabel('All calls').check();
      await found(/Anna Alm/).click();
      await eva.getByText('Waits for a call of Anna Alm.').waitFor();
      await talk();
      await eva.getByText('You hear Anna Alm.').waitFor();
      await hearsOnly(evasPhone, [annaHertz, customerHertz], voices);
      await button(eva, 'Stop').press('Enter');
      await button(eva, 'Listen').waitFor();
      await eva.getByText('No sessions.').waitFor();
      await anna.getByText(listened).waitFor({ state: 'detached' });
      await hearsOnly(customer, [annaHertz], voices);
    },
    patience,
  );

  test(
    'WIN-205 a busy agent is intruded on by a button: all are warned and speak, and it is hung up by a key',
    async () => {
      // one call more rings at anna, so that she is busy
      await other.dial('1001');
      await anna.getByText(/Ringing: Oskar Other/).waitFor({ state: 'attached' });
      await key(eva, 'd');
      await eva.keyboard.type('1001');
      await eva.keyboard.press('Enter');
      await state(eva, 'Busy').waitFor();
      expect(await accessibilityFaults(eva)).toEqual([]);
      const warned = Promise.all([annasPhone, customer].map(each => hears(each, warningHertz)));
      await button(eva, 'Intrude').click();
      await warned;
      await state(eva, 'Conference').waitFor();
      await hearsOnly(customer, [annaHertz, evaHertz], voices);
      await hearsOnly(annasPhone, [customerHertz, evaHertz], voices);
      await eva.locator('.call-panel').click({ position: { x: 5, y: 5 } });
      await key(eva, 'e');
      await eva.getByText('No sessions.').waitFor();
      await hearsOnly(customer, [annaHertz], voices);
      await other.hangUp();
      await anna.getByText(/Ringing: Oskar Other/).waitFor({ state: 'detached' });
    },
    patience,
  );

  test(
    'WIN-206 a customer is sent to identify himself: the agent sees that he does, and has him back with the result',
    async () => {
      await toAuthentication();
      expect(await accessibilityFaults(anna)).toEqual([]);
      await hears(annasPhone, musicHertz);
      await customer.sendDigits(code);
      await button(anna, 'Hold').waitFor();
      await hears(customer, annaHertz);
      await anna.getByText('AuthResult').waitFor();
      await anna.getByText('completed').waitFor();
      expect(await anna.getByText(code).count()).toBe(0);
    },
    patience,
  );

  test(
    'WIN-206 she stops waiting for him, and he comes again when he has done it',
    async () => {
      await toAuthentication();
      await button(anna, 'Stop waiting').click();
      await wrapUp();
      await customer.sendDigits(code);
      await button(anna, 'Answer').click();
      await button(anna, 'Hold').waitFor();
      await hears(customer, annaHertz);
      await anna.getByText('AuthResult').waitFor();
      await customer.hangUp();
      await wrapUp();
    },
    patience,
  );

  const toAuthentication = async () => {
    await button(anna, 'Deflect').click();
    await anna.getByRole('textbox', { name: 'Deflect: Number or name' }).fill('790');
    await anna.keyboard.press('Enter');
    await state(anna, 'The caller identifies himself').waitFor();
    await hears(customer, promptHertz);
  };

  test('WIN-203 who may finds the recording at the gateway: the agent left, the customer right', async () => {
    await button(eva, 'Log off').click();
    await eva.getByRole('heading', { name: 'Log on' }).waitFor();
    const logon = await fetch(`${site.gateway}/logon`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ logonId: 'eva', password: evasPassword }),
    });
    const { token } = (await logon.json()) as { token: string };
    const headers = { authorization: `Bearer ${token}` };
    const listed = await until('the recording is listed', async () => {
      const answer = await fetch(`${site.gateway}/recordings?agent=1`, { headers });
      const { recordings } = (await answer.json()) as { recordings: Listed[] };
      return recordings.find(each => each.milliseconds > 0);
    });
    const answer = await fetch(`${site.gateway}/recordings/${listed.id}`, { headers });
    const { left, right } = sidesOf(Buffer.from(await answer.arrayBuffer()));
    expect([isIn(annaHertz, left), isIn(customerHertz, right)]).toEqual([true, true]);
  });
});
