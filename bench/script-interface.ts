// The script interface beside its floor: getUserInformation from a page of another origin in a tab, through the window and the
// Agent application, and a bare postMessage echo by the window around the same page, in turns, in real Chromium.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exampleSnapshot, openDesk } from '@cordboard/agent/testing';
import { openBrowser } from '../tests/window/browser.ts';

const rounds = 2_000;

const site = createServer((_, response) => {
  response.setHeader('content-type', 'text/html');
  response.end('<!doctype html><title>Page</title>');
});
await new Promise<void>(resolve => site.listen(0, '127.0.0.1', resolve));
const origin = `http://127.0.0.1:${(site.address() as AddressInfo).port}`;

await using desk = await openDesk(null);
desk.gateway.setSnapshot(
  exampleSnapshot({
    workspace: {
      tabs: [{ kind: 'default', name: 'Page', url: `${origin}/`, placement: 'docked' }],
      actions: [],
      pages: [{ origin, methods: ['all'], events: [], withoutFields: [], requestsPerSecond: 1_000_000 }],
      secretFields: [],
    },
  }),
);
desk.application.logOn({ logonId: 'anna', password: 'very secret word' });
while (desk.application.state.type !== 'attached') await new Promise(resolve => setTimeout(resolve, 10));

const browser = await openBrowser();
const page = await browser.newPage();
await page.goto(desk.application.window ?? '');
// the echo: the window around the page, whose program the bench sets
await page.waitForSelector('iframe');
await page.evaluate(`document.querySelector('iframe').contentWindow.addEventListener('message', ({ data, source, origin }) => {
  if (typeof data === 'string' && data.startsWith('echo')) source.postMessage(data, origin);
})`);
const frameOfPage = async () => {
  for (;;) {
    const found = page.frames().find(each => each.url() === `${origin}/`);
    if (found) return found;
    await new Promise(resolve => setTimeout(resolve, 20));
  }
};
const frame = await frameOfPage();
const measured = (await frame.evaluate(`(async () => {
  const { connect } = await import('${new URL('/tab.js', desk.application.window ?? '').href}');
  const client = await connect();
  const echo = text => new Promise(resolve => {
    addEventListener('message', ({ data }) => resolve(data), { once: true });
    parent.postMessage(text, '*');
  });
  const calls = [], echoes = [];
  const time = async (list, act) => {
    const start = performance.now();
    await act();
    list.push(performance.now() - start);
  };
  for (let round = 0; round < ${rounds} + 200; round++) {
    await time(calls, () => client.getUserInformation());
    await time(echoes, () => echo('echo ' + round));
  }
  return { calls: calls.slice(200), echoes: echoes.slice(200) };
})()`)) as { calls: number[]; echoes: number[] };

const at = (list: number[], share: number) =>
  list.toSorted((a, b) => a - b)[Math.floor(list.length * share)] ?? 0;
const line = (name: string, list: number[]) =>
  `${name.padEnd(34)} p50 ${at(list, 0.5).toFixed(2)} ms   p99 ${at(list, 0.99).toFixed(2)} ms`;
console.log(line('getUserInformation from a page', measured.calls));
console.log(line('postMessage echo', measured.echoes));
console.log(
  `ratio                              p50 ${(at(measured.calls, 0.5) / at(measured.echoes, 0.5)).toFixed(1)}      p99 ${(at(measured.calls, 0.99) / at(measured.echoes, 0.99)).toFixed(1)}`,
);
await browser.close();
site.closeAllConnections();
site.close();
