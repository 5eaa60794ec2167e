// From an event to the paint that shows it: 100 updates a second over 2,000 waiting calls, in the real window in Chromium, behind
// the real Agent application. Measured from the moment the page has the event, and from the moment the site told it; beside a page
// that does nothing but ask for a frame, which is what no page can be faster than. The two take turns.
// Built first: npx vite build packages/agent/ui
import { exampleWaitingCall, openDesk } from '@cordboard/agent/testing';
import { UpdateType } from '@cordboard/contract';
import { openBrowser } from '../tests/window/browser.ts';
import { distributionOf, showDistribution } from './distribution.ts';

const rows = 2_000;
const perSecond = 100;
const seconds = 5;
const rounds = 4;
/** of the list's upper end, so that they are seen; the others change below the edge */
const seen = 8;

/** Runs in the page before its own scripts: when an event with a mark came, and when it was painted. */
const watchMarks = `(() => {
  const came = new Map();
  window.painted = [];
  const channel = new MessageChannel();
  let afterFrame = [];
  channel.port1.onmessage = () => { for (const act of afterFrame.splice(0)) act(performance.now()); };
  const whenPainted = act => requestAnimationFrame(() => { afterFrame.push(act); channel.port2.postMessage(0); });
  window.whenPainted = whenPainted;
  const Native = window.WebSocket;
  window.WebSocket = class extends Native {
    constructor(...given) {
      super(...given);
      this.addEventListener('message', ({ data }) => {
        const mark = /mark(\\d+)at(\\d+)/.exec(data);
        if (mark) came.set(mark[1], performance.now());
      });
    }
  };
  new MutationObserver(changes => {
    for (const { target } of changes) {
      const mark = /mark(\\d+)at(\\d+)/.exec(target.textContent ?? '');
      if (!mark || !came.has(mark[1])) continue;
      const at = came.get(mark[1]);
      came.delete(mark[1]);
      whenPainted(now => window.painted.push([now - at, performance.timeOrigin + now - Number(mark[2])]));
    }
  }).observe(document, { subtree: true, childList: true, characterData: true });
})()`;

/** Milliseconds from a moment that has nothing to do with frames to the paint after it. */
const emptyFrames = `new Promise(resolve => {
  const taken = [];
  const next = () => {
    if (taken.length === 200) return resolve(taken);
    setTimeout(() => {
      const at = performance.now();
      whenPainted(now => { taken.push(now - at); next(); });
    }, Math.random() * 20);
  };
  next();
})`;

const pause = (milliseconds: number) => new Promise(resolve => setTimeout(resolve, milliseconds));
const moment = (second: number) => new Date(Date.UTC(2026, 10, 22, 12) + second * 1_000).toISOString();

const desk = await openDesk();
const browser = await openBrowser();
try {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 }, locale: 'en-GB' });
  const empty = await browser.newPage();
  await page.addInitScript(watchMarks);
  await empty.addInitScript(watchMarks);
  await empty.goto('about:blank');
  await page.goto(desk.application.window ?? '');
  await page.getByText('Queues (0)').waitFor();
  const tell = (ID: number, number: string, update: UpdateType) =>
    desk.gateway.publish(
      'OnDispatchVoiceCallEvent',
      exampleWaitingCall({ ID, Number: number, QueueStartTime: moment(ID) }),
      update,
    );
  for (let id = 1; id <= rows; id++) tell(id, `0${id}`, UpdateType.Add);
  await page.getByText(`Queues (${rows})`).waitFor();

  const floor: number[] = [];
  let told = 0;
  for (let round = 0; round < rounds; round++) {
    await empty.bringToFront();
    floor.push(...((await empty.evaluate(emptyFrames)) as number[]));
    await page.bringToFront();
    const began = performance.now();
    for (let update = 0; update < perSecond * seconds; update++) {
      const due = began + (update * 1_000) / perSecond;
      if (due > performance.now()) await pause(due - performance.now());
      told += 1;
      const id = update % 2 === 0 ? ((update / 2) % seen) + 1 : seen + 1 + (told % (rows - seen));
      tell(id, `mark${told}at${Date.now()}`, UpdateType.Update);
    }
    await pause(200);
  }
  const painted = (await page.evaluate('window.painted')) as [number, number][];
  const inPage = distributionOf(painted.map(([each]) => each));
  const bare = distributionOf(floor);
  console.log(`${rows} rows, ${perSecond} updates a second, half of them in sight`);
  console.log(`an empty frame:            ${showDistribution(bare, 'ms')}`);
  console.log(`event in the page → paint: ${showDistribution(inPage, 'ms')}`);
  console.log(
    `told by the site → paint:  ${showDistribution(distributionOf(painted.map(([, each]) => each)), 'ms')}`,
  );
  console.log(`p99 beside the empty frame: ${(inPage.p99 / bare.p99).toFixed(2)}`);
} finally {
  await browser.close();
  await desk[Symbol.asyncDispose]();
}
