import { type Desk, exampleCall, exampleSnapshot, openDesk } from '@cordboard/agent/testing';
import { type ICall, SessionState, type Workspace, workspaceItem } from '@cordboard/contract';
import type { AgentClient } from '@cordboard/sdk';
import type { Browser, Frame, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeWithPrograms } from '../phones/programs.ts';
import { until } from '../phones/until.ts';
import { accessibilityFaults, complaintsOf, lookAt, openBrowser } from './browser.ts';
import { openPageServer, type PageServer } from './page-server.ts';

/** What the pages of these tests have as globals. */
interface PageGlobals {
  client: AgentClient & { lastRefusal: { reason: string; detail?: string } | null };
  heard: string[];
}

/** The machine may be busy: a second is too short to say that something does not come. */
const eventually = <Value>(look: () => Value) => expect.poll(look, { timeout: 20_000 });

/** What was posted to the window before has been taken by then. */
const twoPictures = 'new Promise(resolve => requestAnimationFrame(() => requestAnimationFrame(resolve)))';

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
  let program: AgentClient;
  let windowOrigin = '';
  let complaints: readonly string[];

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
    windowOrigin = new URL(desk.application.window ?? '').origin;
    crm.put('/crm', crmPage(windowOrigin));
    crm.put('/notes', '<!doctype html><title>Notes</title><h1>Notes</h1>');
    other.put('/hostile', '<!doctype html><title>Hostile</title><h1>Hostile</h1>');
    await until('the agent is logged on', () => desk.application.state.type === 'attached');
    program = await desk.connected('program');
    page = await browser.newPage({ locale: 'en-GB' });
    complaints = complaintsOf(page);
    await page.goto(desk.application.window ?? '');
    await page.getByRole('heading', { name: 'Anna Andersson' }).waitFor();
  });
  afterAll(async () => {
    await browser?.close();
    await desk?.[Symbol.asyncDispose]();
    await crm?.close();
    await other?.close();
  });

  const tab = (name: string) => page.getByRole('tab', { name });
  const button = (name: string) => page.getByRole('button', { name, exact: true });
  const publishCall = (changes: Partial<ICall>) => desk.gateway.publish('OnCallEvent', exampleCall(changes));
  /** The frame that shows this page now, wherever a query leads in it. */
  const frameAt = (url: string): Promise<Frame> =>
    until(
      `a frame shows ${url}`,
      () =>
        page
          .frames()
          .find(each => !each.isDetached() && (each.url() === url || each.url().split('?')[0] === url)),
      30_000,
    );
  let navigations = 0;
  /** The frame of a tab that was led to a page. */
  const navigated = async (name: string, path: string): Promise<Frame> => {
    navigations += 1;
    const url = `${path}?navigation=${navigations}`;
    const found = await program.getTabByName(name);
    expect(await program.tabNavigate(found?.Index ?? -1, url)).toBe(true);
    const frame = await frameAt(url);
    await frame.waitForLoadState();
    return frame;
  };
  const connectedFrame = async (): Promise<Frame> => {
    const frame = await frameAt(`${crm.origin}/crm`);
    await frame.getByText('connected').waitFor({ state: 'attached' });
    return frame;
  };
  const pop = (): Workspace['actions'][number] => ({
    on: 'ringing',
    group: 'Sales',
    name: '{CallingNumber}',
    url: `${crm.origin}/notes?n={CallingNumber}&i={CallID}&g={GroupName}&o={Order}`,
    placement: 'main',
    select: true,
  });
  const infoWith = (fields: Record<string, string>) => ({
    ...exampleCall().CallInfo,
    IVRLabels: Object.keys(fields),
    IVRData: Object.values(fields),
  });
  const inPage = <Result>(frame: Frame, act: (globals: PageGlobals) => Result) =>
    frame.evaluate(`(${act.toString()})(window)`) as Promise<Awaited<Result>>;

  test('TAB-20 a page of another origin sees a call and drives it', async () => {
    const frame = await frameAt(`${crm.origin}/crm`);
    await frame.getByText('connected').waitFor({ state: 'attached' });
    expect(await inPage(frame, async ({ client }) => (await client.getUserInformation()).LoginID)).toBe(
      'anna',
    );
    publishCall({ ID: 7 });
    await eventually(() => inPage(frame, ({ heard }) => heard)).toContain('7 Offered');
    for (const [method, result] of [
      ['answerCall', await inPage(frame, ({ client }) => client.answerCall(7))],
      ['holdActiveCall', await inPage(frame, ({ client }) => client.holdActiveCall())],
      ['hangupCall', await inPage(frame, ({ client }) => client.hangupCall(7))],
    ] as const) {
      expect(result, method).toBe(true);
      expect(desk.gateway.received.some(each => each.method === method)).toBe(true);
    }
  });

  test('TAB-21 a classic script has window.agentClient at once, and late handlers hear what is now', async () => {
    crm.put(
      '/classic',
      `<!doctype html><title>Classic</title><script src="${windowOrigin}/tab-classic.js"></script>
      <script>window.client = agentClient; window.heard = [];
      agentClient.getCalls().then(calls => { agentClient.onCallEvent = call => heard.push(call.id + ' late'); });</script>`,
    );
    const frame = await navigated('CRM', `${crm.origin}/classic`);
    await eventually(() => inPage(frame, ({ heard }) => heard)).toContain('7 late');
    await navigated('CRM', `${crm.origin}/crm`);
  });

  test('TAB-22 a page may do what its origin is given: the rest is refused with its reason, what it may not see is empty', async () => {
    const frame = await connectedFrame();
    desk.gateway.publish(
      workspaceItem,
      workspace({
        pages: [
          {
            origin: crm.origin,
            methods: ['getCalls', 'getTab'],
            events: ['OnUserStatusUpdate'],
            withoutFields: ['PhoneNumber', 'CallerName'],
            requestsPerSecond: 50,
          },
        ],
      }),
    );
    await eventually(() =>
      inPage(frame, async ({ client }) => [await client.answerCall(7), client.lastRefusal?.reason]),
    ).toEqual([false, 'missingPrivilege']);
    const [seen] = (await inPage(frame, ({ client }) => client.getCalls())) as { PhoneNumber: string }[];
    expect(seen).toMatchObject({ ID: 7, PhoneNumber: '', CallerName: '' });
    const before = await inPage(frame, ({ heard }) => heard.length);
    publishCall({ ID: 8 });
    await eventually(
      async () => ((await inPage(frame, ({ client }) => client.getCalls())) as unknown[]).length,
    ).toBe(2);
    expect(await inPage(frame, ({ heard }) => heard.length)).toBe(before);
    publishCall({ ID: 8, State: SessionState.Idle, StateDescription: 'Idle' });
    desk.gateway.publish(workspaceItem, workspace());
    await eventually(() => inPage(frame, ({ client }) => client.isRegistered())).toBe(true);
  });

  test('TAB-23 a page knows its own tab; programs and pages see and lead the same tabs', async () => {
    const frame = await connectedFrame();
    expect(await inPage(frame, ({ client }) => client.getTab())).toMatchObject({ Index: 1, Name: 'CRM' });
    expect(await program.getTab()).toBeNull();
    const all = await program.getAllTabs();
    expect(all.map(each => [each.Index, each.Name, each.InDockBar])).toEqual([
      [1, 'CRM', false],
      [2, 'Hostile', false],
      [3, 'Notes', true],
    ]);
    expect(await inPage(frame, ({ client }) => client.getAllTabs())).toEqual(all);
    expect(await program.selectTab(0), 'the work is no web tab').toBe(false);
    expect(await program.selectTab(2)).toBe(true);
    await eventually(() => tab('Hostile').getAttribute('aria-selected')).toBe('true');
    expect(await inPage(frame, ({ client }) => client.selectTab(1))).toBe(true);
    expect(await program.getTabByName('CRM')).toMatchObject({ Selected: true });
    expect(await program.getTabByName('crm'), 'the case counts').toBeNull();
    expect(await program.setTabHeaderSymbol(1, '✆', 'no colour')).toBe(false);
    expect(await inPage(frame, ({ client }) => client.setTabHeaderSymbol(1, '✆', '#00f'))).toBe(true);
    await tab('CRM ✆').waitFor();
    expect(await program.tabNavigate(3, 'javascript:alert(1)')).toBe(false);
  });

  test('TAB-24 a tab that is not shown keeps what was typed in its page', async () => {
    const frame = await connectedFrame();
    await frame.getByLabel('Note').fill('half a sentence');
    await tab('CRM').press('ArrowLeft');
    await eventually(() => tab('Work').getAttribute('aria-selected')).toBe('true');
    await page.keyboard.press('Alt+Digit2');
    expect(await frame.getByLabel('Note').inputValue()).toBe('half a sentence');
    await eventually(async () => (await program.getTabByName('CRM'))?.Focused).toBe(false);
    await frame.getByLabel('Note').focus();
    await eventually(async () => (await program.getTabByName('CRM'))?.Focused).toBe(true);
  });

  test('TAB-82 the keys of the window are heard again after F6 in a page, and F6 goes back into it', async () => {
    await program.selectTab(1);
    const frame = await connectedFrame();
    const answers = () => desk.gateway.received.filter(each => each.method === 'answerCall').length;
    publishCall({ ID: 31, CanAnswer: true });
    await button('Answer').first().waitFor();
    const before = answers();
    await frame.getByRole('heading', { name: 'CRM' }).click();
    await page.keyboard.press('a');
    await page.getByText('back to your keys').waitFor();
    expect(answers(), 'a key in the page is the page’s own').toBe(before);
    await page.keyboard.press('F6');
    await eventually(() => page.evaluate('document.activeElement.id')).toBe(
      await tab('CRM').getAttribute('id'),
    );
    // whoever still writes is not heard; who stops is
    await eventually(async () => {
      await page.keyboard.press('a', { delay: 500 });
      return answers();
    }).toBeGreaterThan(before);
    await page.keyboard.press('F6');
    await eventually(() => frame.evaluate('document.hasFocus()')).toBe(true);
    publishCall({ ID: 31, State: SessionState.Idle, StateDescription: 'Idle' });
  });

  test('TAB-83 a page whose origin is not configured cannot lead the keyboard anywhere', async () => {
    await program.selectTab(2);
    const frame = await frameAt(`${other.origin}/hostile`);
    await frame.getByRole('heading', { name: 'Hostile' }).click();
    const focused = () => page.evaluate('document.activeElement.dataset.tab');
    const here = await focused();
    await frame.evaluate(`parent.postMessage({ cordboard: 'leave' }, '*')`);
    await page.evaluate(twoPictures);
    expect(await focused()).toBe(here);
    await program.selectTab(1);
  });

  test('TAB-25 a program reloads a tab and leads it elsewhere', async () => {
    const gets = () => crm.asked.filter(each => each === 'GET /notes').length;
    const before = gets();
    expect(await program.tabReload(3)).toBe(true);
    await eventually(gets).toBe(before + 1);
    expect(await program.tabNavigate(3, `${crm.origin}/notes?n=2`)).toBe(true);
    await eventually(() => crm.asked).toContain('GET /notes?n=2');
  });

  test('TAB-26 an Agent Action opens a tab when a call rings, with the call in its URL, encoded', async () => {
    desk.gateway.publish(workspaceItem, workspace({ actions: [pop()] }));
    publishCall({ ID: 21, CallInfo: infoWith({ Order: '4&2/#' }) });
    await eventually(() => crm.asked).toContain('GET /notes?n=%2B46812345&i=21&g=Sales&o=4%262%2F%23');
    await eventually(() => tab('+46812345').getAttribute('aria-selected')).toBe('true');
    await button('Close the tab').click();
    await tab('+46812345').waitFor({ state: 'detached' });
    await eventually(() => tab('Work').getAttribute('aria-selected')).toBe('true');
  });

  test('TAB-27 a page that forbids frames is said so, and is connected in a window of its own', async () => {
    crm.put('/alone', crmPage(windowOrigin), { 'x-frame-options': 'DENY' });
    expect(await program.tabNavigate(1, `${crm.origin}/alone`)).toBe(true);
    await program.selectTab(1);
    await page.getByText('This page does not let itself be shown in a frame.').waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    const [opened] = await Promise.all([
      page.waitForEvent('popup'),
      page.getByRole('tabpanel').getByRole('button', { name: 'Open in a window' }).click(),
    ]);
    await opened.getByText('connected').waitFor({ state: 'attached' });
    expect(await inPage(opened.mainFrame(), ({ client }) => client.getTab())).toMatchObject({ Name: 'CRM' });
    await opened.close();
    await navigated('CRM', `${crm.origin}/crm`);
  });

  test('TAB-28 the agent sees what a page may do, and pages that are connected are listed and revoked', async () => {
    await program.selectTab(1);
    await button('What this page may do').first().click();
    await page.getByText('May ask for: everything').waitFor();
    await page.keyboard.press('Escape');
    await connectedFrame();
    expect(desk.readLog()).toContain(`page ${crm.origin}#`);
    await eventually(() => desk.readLog()).toMatch(/SEEN page http\S+ OnCallEvent .* ms/);
  });

  test('TAB-70 a page of an origin that is not configured gets nothing, whatever it says', async () => {
    const frame = await navigated('Hostile', `${other.origin}/hostile`);
    await frame.evaluate(`window.heard = [];
      addEventListener('message', event => heard.push(String(event.data)));
      for (const target of [parent, top])
        for (const data of [
          { cordboard: 'connect', version: 1 },
          { cordboard: 'connect', version: 1, origin: '${crm.origin}' },
          { cordboard: 'port', version: 1 },
          'connect',
          null,
        ])
          target.postMessage(data, '*', [new MessageChannel().port2]);`);
    await page.evaluate(twoPictures);
    const answers = await inPage(frame, ({ heard }) => heard);
    expect(answers).toEqual([]);
    expect(desk.readLog()).not.toContain(`page ${other.origin}`);
  });

  test('TAB-71 a page cannot lead the window elsewhere, read it, or frame it', async () => {
    const frame = await navigated('Hostile', `${other.origin}/hostile`);
    const tries = await frame.evaluate(`[
      () => (top.location.href = location.href),
      () => top.document.title,
      () => parent.document.title,
      () => top.sessionStorage.length,
    ].map(act => {
      try {
        return String(act());
      } catch (error) {
        return error.name;
      }
    })`);
    expect(tries).toEqual(['SecurityError', 'SecurityError', 'SecurityError', 'SecurityError']);
    expect(new URL(page.url()).origin).toBe(windowOrigin);
    const framed = await fetch(windowOrigin);
    expect(framed.headers.get('x-frame-options')).toBe('DENY');
  });

  test('TAB-72 a page that leads itself to another origin loses its port, and the next page has none', async () => {
    crm.put('/leave', crmPage(windowOrigin));
    const frame = await navigated('CRM', `${crm.origin}/leave`);
    await frame.getByText('connected').waitFor({ state: 'attached' });
    const pages = () =>
      desk
        .readLog()
        .split('\n')
        .filter(each => /page http.*#\d+: connection ended/.test(each)).length;
    const before = pages();
    await frame.evaluate(`location.href = '${other.origin}/hostile'`);
    await eventually(pages).toBeGreaterThan(before);
    await eventually(() => frame.url()).toBe(`${other.origin}/hostile`);
    await frame.evaluate(`window.heard = [];
      addEventListener('message', event => heard.push(String(event.data)));
      parent.postMessage({ cordboard: 'connect', version: 1 }, '*');`);
    await page.evaluate(twoPictures);
    const heard = await inPage(frame, each => each.heard);
    expect(heard).toEqual([]);
    await navigated('CRM', `${crm.origin}/crm`);
  });

  test('TAB-73 a page that asks too often is refused; a flood, a message too long, or nonsense end its port only', async () => {
    const frame = await connectedFrame();
    const refused = await inPage(frame, async ({ client }) => {
      const answers = await Promise.all(Array.from({ length: 120 }, () => client.isRegistered()));
      return [answers.filter(each => !each).length > 0, client.lastRefusal?.reason];
    });
    expect(refused).toEqual([true, 'overloaded']);
    for (const bad of ["'x'.repeat(70_000)", "'not JSON'", '{ an: "object" }', "'[]'"]) {
      const frame = await connectedFrame();
      const ended = await frame.evaluate(`new Promise(resolve => {
        addEventListener('message', event => {
          const [port] = event.ports;
          if (!port) return;
          port.onmessage = ({ data }) => data.cordboard === 'closed' && resolve(true);
          port.postMessage(${bad});
        }, { once: true });
        parent.postMessage({ cordboard: 'connect', version: 1 }, '*');
      })`);
      expect(ended, bad).toBe(true);
      await page.reload();
    }
    const flooded = await connectedFrame();
    await flooded.evaluate(`for (let n = 0; n < 5_000; n++) client.isRegistered()`);
    await eventually(() => desk.readLog()).toContain('a flood of requests');
    expect(await program.getUserInformation(), 'everybody else works on').toMatchObject({ LoginID: 'anna' });
    await button('Log off').waitFor();
  });

  test('TAB-29 the tabs look right and are read by everybody, at each size', async () => {
    desk.gateway.publish(
      workspaceItem,
      workspace({
        tabs: [
          ...workspace().tabs,
          { kind: 'default', name: 'Floating', url: `${crm.origin}/notes`, placement: 'floating' },
        ],
      }),
    );
    await page.getByRole('region', { name: 'Floating' }).waitFor();
    await program.selectTab(1);
    await connectedFrame();
    expect(await lookAt(page, 'tabs-floating')).toEqual([]);
    const own = complaints.filter(each => !/WebSocket|X-Frame-Options|frame|postMessage|403|404/i.test(each));
    expect(own).toEqual([]);
  });

  test('TAB-80 a floating tab is moved and sized by keys and by a menu, and is there again after a reload', async () => {
    const floating = page.getByRole('region', { name: 'Floating' });
    const box = async () => {
      const { x = 0, y = 0, width = 0, height = 0 } = (await floating.boundingBox()) ?? {};
      return [x, y, width, height].map(Math.round);
    };
    const [x = 0, y = 0, width = 0, height = 0] = await box();
    const handle = floating.getByRole('button', { name: 'Floating', exact: true });
    await handle.press('ArrowLeft');
    await handle.press('ArrowUp');
    await handle.press('Shift+ArrowRight');
    const moved = [x - 24, y - 24, width + 24, height];
    await eventually(box).toEqual(moved);
    await page.reload();
    await floating.waitFor();
    await eventually(box).toEqual(moved);
    await floating.getByRole('button', { name: 'Place and size' }).click();
    await page.getByRole('menuitem', { name: 'To the lower left' }).click();
    await page.getByRole('menu').waitFor({ state: 'detached' });
    await eventually(async () => (await box())[0]).toBe(0);
    expect(await accessibilityFaults(page)).toEqual([]);
  });

  test('TAB-81 what is docked goes to the left and below the work, its page is not loaded again, and it stays there', async () => {
    const dock = page.getByRole('region', { name: 'Beside the work' });
    const work = page.getByRole('main');
    const frame = await frameAt(`${crm.origin}/notes`);
    await frame.evaluate('globalThis.marked = true');
    const place = async () => {
      const [one, other] = [await dock.boundingBox(), await work.boundingBox()];
      if (!one || !other) return null;
      if (one.y >= other.y + other.height) return 'below';
      return one.x < other.x ? 'left' : 'right';
    };
    await eventually(place).toBe('right');
    for (const [name, where] of [
      ['At the left', 'left'],
      ['Below the work', 'below'],
    ] as const) {
      await dock.getByRole('button', { name: 'Place of the docked tabs' }).click();
      await page.getByRole('menuitem', { name }).click();
      await page.getByRole('menu').waitFor({ state: 'detached' });
      await eventually(place).toBe(where);
    }
    expect(await lookAt(page, 'tabs-docked-below')).toEqual([]);
    expect(await frame.evaluate('globalThis.marked')).toBe(true);
    const edge = dock.getByRole('separator');
    const before = Number(await edge.getAttribute('aria-valuenow'));
    await edge.press('ArrowUp');
    await eventually(() => edge.getAttribute('aria-valuenow')).toBe(`${before + 2}`);
    await page.reload();
    await eventually(place).toBe('below');
    expect(Number(await edge.getAttribute('aria-valuenow'))).toBe(before + 2);
  });

  test('WIN-223 the columns are as wide as the agent wants them, by keys or in the settings', async () => {
    const edge = page.getByRole('separator', { name: 'Width of the sessions column' });
    const width = async () => Math.round((await page.locator('.sessions-column').boundingBox())?.width ?? 0);
    const before = await width();
    await edge.press('ArrowRight');
    await eventually(width).toBe(before + 16);
    await page.evaluate('location.hash = "#settings/general"');
    await page.getByRole('slider', { name: 'Width of the sessions column' }).press('ArrowRight');
    await page.getByRole('button', { name: 'Reset the layout' }).click();
    await page.keyboard.press('Escape');
    await eventually(width).toBe(before);
  });
});
