import { type ICall, SessionState } from '@cordboard/contract';
import type { AgentClient } from '@cordboard/sdk';
import type { Browser, Frame, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type DemoSite, musicHertz, startDemoSite } from '../first-call/demo-site.ts';
import type { Baresip } from '../phones/baresip.ts';
import { describeWithPrograms } from '../phones/programs.ts';
import { until } from '../phones/until.ts';
import { openBrowser } from './browser.ts';
import { openPageServer, type PageServer } from './page-server.ts';

const agentHertz = 440;
const heard = 0.1;
/** of tests with processes that are killed: a busy machine is no fault */
const patience = 180_000;
const { Offered, Connected, Held, Clerical } = SessionState;

/** What the pages of these tests have as globals. */
interface PageGlobals {
  client: AgentClient & { lastRefusal: { reason: string } | null };
  calls: ICall[];
  answers: string[];
}

/** A page of somebody else, with the script that the server serves. */
const connectedPage = (script: string) => `<!doctype html><title>CRM</title>
<script type="module">
  import { connect } from '${script}';
  window.calls = [];
  window.client = await connect();
  client.on('OnCallEvent', call => calls.push({ ID: call.ID, State: call.State, CallerName: call.CallerName }));
  document.body.append('connected');
</script>`;

/** It greets the window around it by the same script, and listens to whatever anybody answers. */
const strangePage = (script: string) => `<!doctype html><title>Stranger</title>
<script type="module">
  import { connect } from '${script}';
  window.answers = [];
  addEventListener('message', ({ data }) => answers.push(JSON.stringify(data)));
  connect({ timeoutMilliseconds: 3_000 }).then(
    () => document.body.append('connected'),
    error => document.body.append('nothing: ' + error.message),
  );
</script>`;

/** Pages in the window of who has nothing but a browser, on real calls: each test goes on where the one before ended. */
describeWithPrograms(['baresip', 'chromium'], 'pages in the tabs of the window at /agent', () => {
  let site: DemoSite;
  let browser: Browser;
  let page: Page;
  let customer: Baresip;
  let crm: PageServer;
  let narrow: PageServer;
  let strange: PageServer;
  let callId = 0;

  beforeAll(async () => {
    [crm, narrow, strange] = [await openPageServer(), await openPageServer(), await openPageServer()];
    const personal = (name: string, { origin }: PageServer) => ({ user: 1, name, url: `${origin}/page` });
    site = await startDemoSite({
      clericalSeconds: 300,
      ringSeconds: 60,
      sections: {
        tabs: { personal: [personal('CRM', crm), personal('Narrow', narrow), personal('Strange', strange)] },
        pages: [
          { origin: crm.origin, methods: ['all'], events: ['all'] },
          {
            origin: narrow.origin,
            methods: ['getCalls'],
            events: ['OnCallEvent'],
            withoutFields: ['CallerName'],
          },
        ],
      },
    });
    const script = `${site.gateway}/agent/tab.js`;
    crm.put('/page', connectedPage(script));
    narrow.put('/page', connectedPage(script));
    strange.put('/page', strangePage(script));
    const { password } = await site.machine('anna');
    await site.phone('1001', { answersItself: true, toneHertz: agentHertz });
    customer = await site.phone('2001', { name: 'Cecilia Customer', toneHertz: 1_000 });
    browser = await openBrowser();
    page = await browser.newPage({ locale: 'en-GB' });
    page.setDefaultTimeout(45_000);
    await page.goto(`${site.gateway}/agent`);
    await page.getByLabel('User', { exact: true }).fill('anna');
    await page.getByLabel('Password', { exact: true }).first().fill(password);
    await button('Log on').click();
    await page.getByText('Your phone is not registered.').waitFor({ state: 'detached' });
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await site?.close();
    for (const each of [crm, narrow, strange]) await each?.close();
  }, 60_000);

  const button = (name: string) => page.getByRole('button', { name, exact: true });
  const customerHears = (whom: string, hertz: number) =>
    until(
      `the customer hears ${whom}`,
      async () => (await customer.listen(200)).level(hertz) > heard,
      30_000,
    );
  const frameOf = async ({ origin }: PageServer, text: string | RegExp): Promise<Frame> => {
    const frame = await until(
      `the page of ${origin}`,
      () => page.frames().find(each => !each.isDetached() && each.url().startsWith(origin)),
      45_000,
    );
    await frame.getByText(text).waitFor();
    return frame;
  };
  const inPage = <Result, Given>(
    frame: Frame,
    act: (globals: PageGlobals, given: Given) => Result,
    given?: Given,
  ) => frame.evaluate(`(${act.toString()})(window, ${JSON.stringify(given)})`) as Promise<Awaited<Result>>;
  /** The first call that a page hears of in this state, after those that it had heard of. */
  const callIn = (frame: Frame, state: SessionState, after = 0) =>
    until(
      `the page hears of a call in state ${state}`,
      async () =>
        (await inPage(frame, ({ calls }) => calls)).find(
          (each, index) => index >= after && each.State === state,
        ),
      45_000,
    );
  const count = (frame: Frame) => inPage(frame, ({ calls }) => calls.length);
  /** Processes of web applications that were started so far. */
  const processes = (): number[] =>
    site
      .log()
      .split('\n')
      .filter(line => line.includes('a process of web applications was started'))
      .map(line => (JSON.parse(line) as { process: number }).process);

  test(
    'WEB-60 a page of another origin loads the script from the server and is connected',
    async () => {
      const frame = await frameOf(crm, 'connected');
      expect(await inPage(frame, ({ client }) => client.getUserInformation())).toMatchObject({
        LoginID: 'anna',
        ExtensionNumber: '1001',
      });
    },
    patience,
  );

  test(
    'WEB-61 it makes the agent Ready, answers the call of a customer, holds it and takes it back',
    async () => {
      const frame = await frameOf(crm, 'connected');
      expect(await inPage(frame, ({ client }) => client.setReadyStatus(true))).toBe(true);
      await customer.dial('700');
      callId = (await callIn(frame, Offered)).ID;
      expect(await inPage(frame, ({ client }, id) => client.answerCall(id), callId)).toBe(true);
      await customerHears('the agent', agentHertz);
      await callIn(frame, Connected);
      expect(await inPage(frame, ({ client }) => client.holdActiveCall())).toBe(true);
      await callIn(frame, Held);
      await customerHears('music', musicHertz);
      // the window shows what the page did
      await button('Retrieve').waitFor();
      expect(await inPage(frame, ({ client }, id) => client.retrieveCall(id), callId)).toBe(true);
      await customerHears('the agent', agentHertz);
      await button('Hold').waitFor();
    },
    patience,
  );

  test(
    'WEB-62 a page gets what its origin is given, and one of an origin that is not configured gets nothing',
    async () => {
      const frame = await frameOf(narrow, 'connected');
      expect(
        await inPage(
          frame,
          async ({ client }, id) => [await client.hangupCall(id), client.lastRefusal?.reason],
          callId,
        ),
      ).toEqual([false, 'missingPrivilege']);
      expect(await inPage(frame, ({ client }) => client.getCalls())).toMatchObject([
        { ID: callId, State: Connected, CallerName: '' },
      ]);
      expect((await callIn(frame, Connected)).CallerName).toBe('');
      const stranger = await frameOf(strange, /nothing: No Agent application answered/);
      expect(await inPage(stranger, ({ answers }) => answers)).toEqual([]);
      await customerHears('the agent', agentHertz);
    },
    patience,
  );

  test(
    'WEB-63 the process of the web applications is killed alone: window and page come back with the call',
    async () => {
      const frame = await frameOf(crm, 'connected');
      const before = await count(frame);
      const [first = 0] = processes();
      process.kill(first, 'SIGKILL');
      await until('another is started', () => processes().length === 2, 45_000);
      await customerHears('the agent', agentHertz);
      await page.getByText('The Agent application does not answer.').waitFor({ state: 'detached' });
      await button('Hold').click();
      await customerHears('music', musicHertz);
      expect((await callIn(frame, Held, before)).ID).toBe(callId);
      await button('Retrieve').click();
      await customerHears('the agent', agentHertz);
    },
    patience,
  );

  test(
    'WEB-63 what happens while it is dead is known to both afterwards',
    async () => {
      const frame = await frameOf(crm, 'connected');
      const before = await count(frame);
      process.kill(processes().at(-1) ?? 0, 'SIGKILL');
      await customer.hangUp();
      await button('End clerical').waitFor();
      expect((await callIn(frame, Clerical, before)).ID).toBe(callId);
      expect(await inPage(frame, ({ client }, id) => client.cancelClerical(id), callId)).toBe(true);
      await page.getByText('No sessions.').waitFor();
      expect(processes()).toHaveLength(3);
    },
    patience,
  );
});
