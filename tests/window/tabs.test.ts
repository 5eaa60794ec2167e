import { type Desk, exampleCall, exampleSnapshot, openDesk } from '@cordboard/agent/testing';
import type { Workspace } from '@cordboard/contract';
import type { AgentClient } from '@cordboard/sdk';
import type { Browser, Frame, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeWithPrograms } from '../phones/programs.ts';
import { until } from '../phones/until.ts';
import { openBrowser } from './browser.ts';
import { openPageServer, type PageServer } from './page-server.ts';

/** What the pages of these tests have as globals. */
interface PageGlobals {
  client: AgentClient & { lastRefusal: { reason: string; detail?: string } | null };
  heard: string[];
}

const crmPage = (window: string, more = '') => `<!doctype html><title>CRM</title>
<h1>CRM</h1><label>Note <input id="note"></label>
<script type="module">
  import { connect } from '${window}/tab.js';
  window.heard = [];
  window.client = await connect();
  client.on('OnCallEvent', call => heard.push(call.id + ' ' + call.StateDescription));
  document.body.append(Object.assign(document.createElement('p'), { textContent: 'connected' }));
  ${more}
</script>`;

describeWithPrograms(['chromium'], 'web tabs and the pages in them, in Chromium', () => {
  let browser: Browser;
  let desk: Desk;
  let page: Page;
  let crm: PageServer;
  let other: PageServer;
  const complaints: string[] = [];

  const rights = { methods: ['all'], events: ['all'], withoutFields: [], requestsPerSecond: 50 };
  const workspace = (changes: Partial<Workspace> = {}): Workspace => ({
    tabs: [
      { kind: 'default', name: 'CRM', url: `${crm.origin}/crm`, placement: 'main' },
      { kind: 'personal', name: 'Hostile', url: `${other.origin}/hostile`, placement: 'main' },
      { kind: 'group', name: 'Notes', url: `${crm.origin}/notes`, placement: 'docked' },
    ],
    actions: [],
    pages: [{ origin: crm.origin, ...rights }],
    secretFields: [],
    ...changes,
  });

  beforeAll(async () => {
    browser = await openBrowser();
    [crm, other] = [await openPageServer(), await openPageServer()];
    desk = await openDesk(null);
    desk.gateway.setSnapshot(exampleSnapshot({ workspace: workspace() }));
    desk.application.logOn({ logonId: 'anna', password: 'very secret word' });
    const window = new URL(desk.application.window ?? '').origin;
    crm.put('/crm', crmPage(window));
    crm.put('/notes', '<!doctype html><title>Notes</title><h1>Notes</h1>');
    other.put('/hostile', '<!doctype html><title>Hostile</title><h1>Hostile</h1>');
    await until('the agent is logged on', () => desk.application.state.type === 'attached');
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
    await crm?.close();
    await other?.close();
  });

  const frameAt = async (url: string): Promise<Frame> => {
    await expect.poll(() => page.frames().some(each => each.url() === url)).toBe(true);
    return page.frames().find(each => each.url() === url) as Frame;
  };
  const inPage = <Result>(frame: Frame, act: (globals: PageGlobals) => Result) =>
    frame.evaluate(`(${act.toString()})(window)`) as Promise<Awaited<Result>>;

  test('TAB-20 a page of another origin sees a call and drives it', async () => {
    const frame = await frameAt(`${crm.origin}/crm`);
    await frame.getByText('connected').waitFor({ state: 'attached' });
    expect(await inPage(frame, async ({ client }) => (await client.getUserInformation()).LoginID)).toBe(
      'anna',
    );
    desk.gateway.publish('OnCallEvent', exampleCall({ ID: 7 }));
    await expect.poll(() => inPage(frame, ({ heard }) => heard)).toContain('7 Offered');
    expect(await inPage(frame, ({ client }) => client.answerCall(7))).toBe(true);
    expect(desk.gateway.received.at(-1)).toMatchObject({ method: 'answerCall', parameters: { callId: 7 } });
  });
});
