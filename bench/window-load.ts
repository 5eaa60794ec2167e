// The first load of the window: bytes over the wire as they are served, and the time until the page can be used, with nothing in
// the browser's cache; beside a page without scripts from a bare HTTP server, in turns.
// Built first: npx vite build packages/agent/ui
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { openDesk } from '@cordboard/agent/testing';
import { openBrowser } from '../tests/window/browser.ts';
import { distributionOf, showDistribution } from './distribution.ts';

const rounds = 12;

const bare = createServer((_, response) => {
  response.writeHead(200, { 'content-type': 'text/html' });
  response.end('<!doctype html><title>bare</title><form><input></form>');
});
await new Promise<void>(resolve => bare.listen(0, '127.0.0.1', resolve));
const bareAddress = `http://127.0.0.1:${(bare.address() as AddressInfo).port}/`;

const desk = await openDesk();
const browser = await openBrowser();

/** Milliseconds from the navigation to the first frame with `selector` in it, and what came over the wire. */
const load = async (address: string, selector: string): Promise<{ usable: number; bytes: number }> => {
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    const wire = await context.newCDPSession(page);
    await wire.send('Network.enable');
    let bytes = 0;
    wire.on('Network.loadingFinished', ({ encodedDataLength }) => {
      bytes += encodedDataLength;
    });
    await page.goto(address);
    const usable = await page.evaluate(
      `new Promise(resolve => {
        const look = () => document.querySelector(${JSON.stringify(selector)}) ? resolve(performance.now()) : requestAnimationFrame(look);
        look();
      })`,
    );
    return { usable: usable as number, bytes };
  } finally {
    await context.close();
  }
};

try {
  const address = desk.application.window ?? '';
  const floor: number[] = [];
  const usable: number[] = [];
  let bytes = 0;
  for (let round = 0; round < rounds; round++) {
    floor.push((await load(bareAddress, 'form')).usable);
    const loaded = await load(address, '.call-panel');
    usable.push(loaded.usable);
    bytes = loaded.bytes;
  }
  console.log(`transferred: ${(bytes / 1_024).toFixed(0)} KiB`);
  console.log(`a bare page:            ${showDistribution(distributionOf(floor), 'ms')}`);
  console.log(`workspace, to be used:  ${showDistribution(distributionOf(usable), 'ms')}`);
} finally {
  await browser.close();
  await desk[Symbol.asyncDispose]();
  bare.close();
}
