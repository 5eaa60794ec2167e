import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';

/** A page in a real Chromium with a phone in it (SIP.js), whose microphone hears a tone of `hertz`. */
export interface BrowserPhone {
  register(extension: string, password: string): Promise<void>;
  /** `registered`, `incoming`, `answered`, `ended`: as they happened */
  events(): Promise<string[]>;
  answer(): Promise<void>;
  call(number: string): Promise<void>;
  hangUp(): Promise<void>;
  hold(on: boolean): Promise<void>;
  /** RFC 4733 */
  sendDigits(digits: string): Promise<void>;
  restartIce(): Promise<void>;
  /** loudness of this frequency in what it hears, dB: silence is below -80 */
  hears(hertz: number): Promise<number>;
  reload(): Promise<void>;
  close(): Promise<void>;
}

export const chromiumPath = '/usr/bin/chromium';

const library = dirname(fileURLToPath(import.meta.resolve('sip.js')));

export async function openBrowserPhone(options: { webPort: number; hertz: number }): Promise<BrowserPhone> {
  const web = createServer((request, response) => {
    const path = normalize(new URL(request.url ?? '/', 'http://127.0.0.1').pathname);
    const file = path === '/' ? new URL('browser-phone.html', import.meta.url) : join(library, path);
    readFile(file).then(
      bytes => {
        response.setHeader('content-type', path === '/' ? 'text/html' : 'text/javascript');
        response.end(bytes);
      },
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>(resolve => web.listen(0, '127.0.0.1', resolve));
  const address = web.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const browser: Browser = await chromium.launch({
    executablePath: chromiumPath,
    ignoreDefaultArgs: ['--mute-audio'],
    args: [
      '--no-sandbox',
      '--use-fake-ui-for-media-stream',
      '--use-fake-device-for-media-stream',
      '--autoplay-policy=no-user-gesture-required',
      // Chromium leaves 127.0.0.1 out of its candidates; a machine without any network would have none.
      '--allow-loopback-in-peer-connection',
    ],
  });
  const page: Page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${port}/?hertz=${options.hertz}`);
  await page.waitForFunction('globalThis.phone !== undefined');

  /** a member of the page's `phone`: called, or as it is */
  const ask = (name: string, ...values: readonly (string | boolean | number)[]): Promise<unknown> =>
    page.evaluate(
      ([called, given]) => {
        const phone: unknown = Reflect.get(globalThis, 'phone');
        if (typeof phone !== 'object' || phone === null) throw new Error('no phone');
        const member: unknown = Reflect.get(phone, called);
        return typeof member === 'function' ? (Reflect.apply(member, phone, given) as unknown) : member;
      },
      [name, values] as const,
    );
  const act = async (name: string, ...values: readonly (string | boolean | number)[]): Promise<void> =>
    void (await ask(name, ...values));

  return {
    register: (extension, password) =>
      act('register', `ws://127.0.0.1:${options.webPort}`, '127.0.0.1', extension, password),
    events: async () => (await ask('events')) as string[],
    answer: () => act('answer'),
    call: number => act('call', number),
    hangUp: () => act('hangUp'),
    hold: on => act('hold', on),
    sendDigits: digits => act('sendDigits', digits),
    restartIce: () => act('restartIce'),
    hears: async hertz => Number(await ask('hears', hertz)),
    async reload() {
      await page.reload();
      await page.waitForFunction('globalThis.phone !== undefined');
    },
    async close() {
      await browser.close();
      web.closeAllConnections();
      await new Promise(resolve => web.close(resolve));
    },
  };
}
