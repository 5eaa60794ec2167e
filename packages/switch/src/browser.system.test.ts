import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { LegMedia } from './control/protocol.ts';
import { amplitudeOf, sine } from './media/goertzel.ts';
import { readStereo } from './media/test-recording.ts';
import { writeWav } from './media/wav.ts';
import { type BrowserPhone, chromiumPath, openBrowserPhone } from './testing/browser-page.ts';
import type { PhoneCall } from './testing/phone.ts';
import { passwordOf, type SwitchProcess, startSwitchProcess } from './testing/switch-process.ts';
import { until } from './testing/until.ts';

const pageTone = 1_000;
const deskTone = 600;
const musicTone = 350;
const music: LegMedia = { type: 'play', sounds: [{ type: 'music', name: 'default' }] };
const patience = 15_000;
/** of a page's analyser, dB */
const audible = -60;
/** amplitude at the desk phone */
const loud = 0.1;
const quiet = 0.01;

async function freeTcpPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise(resolve => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}

describe.skipIf(!existsSync(chromiumPath))('a phone in a real Chromium (needs /usr/bin/chromium)', () => {
  const cleanups: (() => Promise<void>)[] = [];
  let made: SwitchProcess;
  let page: BrowserPhone;
  let sipPort: number;
  let desk: PhoneCall;

  /** The desk phone's leg is `desk`, the page's is `page`; both are up and speak. */
  beforeEach(async () => {
    const webPort = await freeTcpPort();
    sipPort = await freeTcpPort();
    made = await startSwitchProcess(['1001', '1002'], {
      sip: { host: '127.0.0.1', port: sipPort, webSocket: { port: webPort } },
    });
    cleanups.push(() => made.close());
    await writeFile(
      join(made.folder, 'sounds', 'music-default.wav'),
      writeWav(sine(musicTone, 16_000, 10_000)),
    );
    page = await openBrowserPhone({ webPort, hertz: pageTone });
    cleanups.push(() => page.close());
    await page.register('1001', passwordOf('1001'));
    await made.seen('registered');
  }, 60_000);

  afterEach(async () => {
    for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
  });

  const has = (event: string) => until(async () => (await page.events()).includes(event), patience);
  const pageHears = (hertz: number) => until(async () => (await page.hears(hertz)) > audible, patience);
  const pageHearsNot = (hertz: number) => until(async () => (await page.hears(hertz)) < -75, patience);
  const deskHears = (hertz: number) => until(async () => (await desk.level(hertz, 200)) > loud, patience);
  const deskHearsNot = (hertz: number) => until(async () => (await desk.level(hertz, 200)) < quiet, patience);

  async function callBoth(): Promise<void> {
    const phone = await made.phone('1002', {
      tone: deskTone,
      whenCalled: 'answer',
      server: { address: '127.0.0.1', port: sipPort },
    });
    expect(await phone.register()).toBe(200);
    for (const [leg, extension] of [
      ['desk', '1002'],
      ['page', '1001'],
    ] as const) {
      await made.send({
        type: 'originate',
        leg,
        to: { extension },
        callerNumber: '5000',
        callerName: '',
        answering: 'phone',
        ringSeconds: 20,
        media: { type: 'none' },
      });
    }
    desk = await phone.nextCall();
    await has('incoming');
    await page.answer();
    await made.seen('answered', 'page');
    await made.seen('answered', 'desk');
    await made.send({ type: 'setMedia', leg: 'desk', media: { type: 'connected', with: 'page' } });
  }

  test('WRT-20 it registers, is called by a desk phone, and both hear each other; digits go both ways', async () => {
    await callBoth();
    await pageHears(deskTone);
    await deskHears(pageTone);
    await page.sendDigits('159#');
    await until(() => desk.digits === '159#', patience);
    await until(() => made.reports.filter(({ type }) => type === 'digit').length === 4, patience);
    await page.hangUp();
    expect(await made.seen('cleared', 'page')).toMatchObject({ byRemote: true });
  });

  test('WRT-21 it holds and retrieves, and is held with music and retrieved', async () => {
    await callBoth();
    await pageHears(deskTone);
    await page.hold(true);
    await made.seen('held', 'page');
    // What the switch's controller does when it is told.
    await made.send({ type: 'setMedia', leg: 'desk', media: music });
    await deskHears(musicTone);
    await deskHearsNot(pageTone);
    await page.hold(false);
    await made.seen('retrieved', 'page');
    await made.send({ type: 'setMedia', leg: 'desk', media: { type: 'connected', with: 'page' } });
    await deskHears(pageTone);
    await made.send({ type: 'setMedia', leg: 'page', media: music });
    await made.send({ type: 'setHold', leg: 'page', on: true });
    await pageHears(musicTone);
    await deskHearsNot(pageTone);
    await made.send({ type: 'setHold', leg: 'page', on: false });
    await made.send({ type: 'setMedia', leg: 'page', media: { type: 'connected', with: 'desk' } });
    await pageHears(deskTone);
    await pageHearsNot(musicTone);
    await deskHears(pageTone);
  });

  test('WRT-22 it restarts ICE in the middle of a call and goes on speaking', async () => {
    await callBoth();
    await pageHears(deskTone);
    await deskHears(pageTone);
    await page.restartIce();
    await pageHears(deskTone);
    await deskHears(pageTone);
    await page.hold(true);
    await made.seen('held', 'page');
    await page.hold(false);
    await deskHears(pageTone);
    await pageHears(deskTone);
  });

  test('WRT-23 its speech is recorded, mixed and listened to as that of any phone', async () => {
    await callBoth();
    await pageHears(deskTone);
    await made.send({ type: 'startRecording', leg: 'page', file: 'page.wav' });
    const conference = { type: 'conference', name: 'three' } as const;
    for (const leg of ['page', 'desk']) await made.send({ type: 'setMedia', leg, media: conference });
    await deskHears(pageTone);
    await pageHears(deskTone);
    await new Promise(resolve => setTimeout(resolve, 1_000));
    await made.send({ type: 'stopRecording', leg: 'page' });
    await made.seen('recordingStopped', 'page');
    const { left, right } = readStereo(await readFile(join(made.folder, 'recordings', 'page.wav')));
    expect(amplitudeOf(left, pageTone)).toBeGreaterThan(1_000);
    expect(amplitudeOf(right, deskTone)).toBeGreaterThan(1_000);
  });

  test('WRT-24 it calls, and a page that is loaded again registers without having been away', async () => {
    const calling = page.call('5000');
    const { leg, extension } = await made.seen('arrived');
    expect(extension).toBe('1001');
    await made.send({ type: 'answer', leg, media: music });
    await calling;
    await pageHears(musicTone);
    await page.hangUp();
    await made.seen('cleared', leg);
    await page.reload();
    await page.register('1001', passwordOf('1001'));
    expect(made.reports.map(({ type }) => type)).not.toContain('unregistered');
  });
});
