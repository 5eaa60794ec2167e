import path from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDatabaseClient } from '../first-call/database-client.ts';
import { type DemoSite, startDemoSite } from '../first-call/demo-site.ts';
import type { Baresip } from '../phones/baresip.ts';
import { describeWithPrograms } from '../phones/programs.ts';
import { until } from '../phones/until.ts';
import { lookAt, openBrowser } from './browser.ts';

const agentHertz = 440;
const customerHertz = 1000;
const heard = 0.1;

/** An agent with nothing installed but a browser: each test goes on where the one before ended. */
describeWithPrograms(['baresip', 'chromium'], 'the window at /agent', () => {
  let site: DemoSite;
  let browser: Browser;
  let page: Page;
  let customer: Baresip;
  let password: string;
  const complaints: string[] = [];
  const contexts: BrowserContext[] = [];

  const openPage = async (): Promise<Page> => {
    const context = await browser.newContext({ locale: 'en-GB' });
    contexts.push(context);
    const opened = await context.newPage();
    opened.on('pageerror', error => complaints.push(String(error)));
    opened.on('console', message => {
      if (message.text().includes('Content Security Policy')) complaints.push(message.text());
    });
    await opened.goto(`${site.gateway}/agent`);
    return opened;
  };

  beforeAll(async () => {
    site = await startDemoSite({ clericalSeconds: 60 });
    ({ password } = await site.machine('anna'));
    await site.phone('1001', { answersItself: true, toneHertz: agentHertz });
    customer = await site.phone('2001', { name: 'Cecilia Customer', toneHertz: customerHertz });
    browser = await openBrowser();
    page = await openPage();
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await site?.close();
  }, 60_000);

  const button = (name: string, on = page) => on.getByRole('button', { name, exact: true });
  const logOn = async (on: Page, typed: string) => {
    await on.getByLabel('User', { exact: true }).fill('anna');
    await on.getByLabel('Password', { exact: true }).first().fill(typed);
    await button('Log on', on).click();
  };
  const customerHearsAgent = () =>
    until('the agent is heard', async () => (await customer.listen(200)).level(agentHertz) > heard);

  test('WEB-10 a browser alone brings the log-on page; a wrong password is refused in words', async () => {
    await page.getByRole('heading', { name: 'Log on' }).waitFor();
    expect(new URL(page.url()).pathname).toBe('/agent/');
    expect(await lookAt(page, 'web-logon')).toEqual([]);
    await logOn(page, 'wrong');
    await page.getByText('User or password is wrong.').waitFor();
  });

  test('WEB-11 logged on, the agent becomes Ready and takes the call of a customer', async () => {
    await logOn(page, password);
    await page.getByText('Sessions', { exact: true }).waitFor();
    await page.getByText('Your phone is not registered.').waitFor({ state: 'detached' });
    await page.getByText('Ready', { exact: true }).nth(1).click();
    await customer.dial('700');
    await button('Answer').click({ timeout: 30_000 });
    await button('Hold').waitFor();
    await customerHearsAgent();
    expect(await lookAt(page, 'web-talking')).toEqual([]);
  });

  test('WEB-12 a reload keeps him at work, and no secret stands in the address or in a cookie', async () => {
    await page.reload();
    await button('Hold').waitFor();
    expect(page.url()).toBe(`${site.gateway}/agent/`);
    expect(await page.context().cookies()).toEqual([]);
  });

  test('WEB-13 the server killed and started again, the window comes back with its call, and without a password', async () => {
    await site.crash(async () => {
      await page.getByText('The Agent application does not answer.').waitFor();
      await customerHearsAgent();
    });
    await page.getByText('The Agent application does not answer.').waitFor({ state: 'detached' });
    await button('Hold').click();
    await button('Retrieve').click();
    await button('Hold').waitFor();
    await customerHearsAgent();
  }, 60_000);

  test('WEB-30 another browser is told where he is logged on, and takes over in the middle of the call; the first says where he went', async () => {
    const other = await openPage();
    await logOn(other, password);
    await other.getByText('The user is logged on elsewhere.').waitFor();
    await other.getByText('Browser window at 127.0.0.1, since').waitFor();
    expect(await lookAt(other, 'web-elsewhere')).toEqual([]);
    await button('Take over here', other).click();
    await button('Hold', other).waitFor();
    await customerHearsAgent();
    await page.getByText('You have logged on elsewhere; your work goes on there.').waitFor();
    await page.getByText('Browser window at 127.0.0.1, since').waitFor();
    expect(await lookAt(page, 'web-taken-over')).toEqual([]);
    await button('Hold', other).click();
    await button('Retrieve', other).click();
    await button('Hold', other).waitFor();
    // the site's own look into its database ended with the server that was killed
    const database = await openDatabaseClient(path.join(site.folder, 'data'));
    const audited = await until('the audit tells', async () => {
      const rows = await database.query("select detail from audit where action = 'agentLoggedOn'");
      return rows.length > 0 && rows;
    });
    await database.close();
    expect(audited).toEqual([{ detail: 'taken over by browser at 127.0.0.1 from browser at 127.0.0.1' }]);
  });

  test('WEB-31 he takes back with his password, and logs off when the call is over', async () => {
    await page.getByLabel('Password', { exact: true }).first().fill(password);
    await button('Take over here').click();
    await button('Hang up').click();
    await button('End clerical').click();
    await button('Log off').click();
    await page.getByRole('heading', { name: 'Log on' }).waitFor();
    expect(await page.getByLabel('User', { exact: true }).inputValue()).toBe('anna');
    expect(complaints).toEqual([]);
  });

  test('WEB-23 passwords are not tried without end', async () => {
    const statuses = await page.evaluate(async () => {
      const found: number[] = [];
      for (let tries = 0; tries < 6; tries++) {
        const body = JSON.stringify({ logonId: 'anna', password: `wrong ${tries}` });
        const headers = { 'content-type': 'application/json' };
        found.push((await fetch('/agent/logon', { method: 'POST', headers, body })).status);
      }
      return found;
    });
    expect(statuses).toEqual([401, 401, 401, 401, 401, 429]);
    await logOn(page, password);
    await page.getByText('Too many tries. Wait a while.').waitFor();
    expect(site.log()).not.toContain('wrong 0');
    expect(site.log()).not.toContain(password);
  });
});
