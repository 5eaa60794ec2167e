// From the press on Answer in the window to the first sound of the customer that is played: real Chromium with a microphone that hears
// a file, baresip as the customer, the demo site with everything. The floor is a bare WebRTC connection inside the same page: from the
// first line of its negotiation to the first packet that came, in turns. Built first: npx vite build packages/agent/ui
import path from 'node:path';
import { SessionState } from '@cordboard/contract';
import { startDemoSite } from '../tests/first-call/demo-site.ts';
import { until } from '../tests/phones/until.ts';
import { writeToneFile } from '../tests/phones/wav-file.ts';
import { openSpeakingBrowser, openSpeakingPage } from '../tests/window/ears.ts';
import { distributionOf, showDistribution } from './distribution.ts';

const rounds = 20;

const site = await startDemoSite({ clericalSeconds: 0, browserPhones: true });
const tone = path.join(site.folder, 'agent.wav');
await writeToneFile(tone, 500, 10);
const browser = await openSpeakingBrowser(tone);

/** Milliseconds until one end of a connection within the page has what the other end's microphone heard. */
const bareConnection = `(async () => {
  const microphone = await navigator.mediaDevices.getUserMedia({ audio: true });
  const [here, there] = [new RTCPeerConnection(), new RTCPeerConnection()];
  const started = performance.now();
  here.onicecandidate = ({ candidate }) => candidate && there.addIceCandidate(candidate);
  there.onicecandidate = ({ candidate }) => candidate && here.addIceCandidate(candidate);
  for (const track of microphone.getTracks()) here.addTrack(track, microphone);
  await here.setLocalDescription();
  await there.setRemoteDescription(here.localDescription);
  await there.setLocalDescription();
  await here.setRemoteDescription(there.localDescription);
  for (;;) {
    for (const each of (await there.getStats()).values())
      if (each.type === 'inbound-rtp' && each.packetsReceived > 0) {
        here.close();
        there.close();
        for (const track of microphone.getTracks()) track.stop();
        return performance.now() - started;
      }
    await new Promise(resolve => setTimeout(resolve, 5));
  }
})()`;

try {
  const machine = await site.machine('anna');
  const customer = await site.phone('2001', { toneHertz: 1_000 });
  const address = await machine.openWindow();
  const { page } = await openSpeakingPage(browser, 'allowed');
  await page.goto(address);
  await page.getByLabel('User', { exact: true }).fill('anna');
  await page.getByLabel('Password', { exact: true }).first().fill(machine.password);
  await page.getByLabel("This computer's headset").check();
  await page.getByRole('button', { name: 'Log on', exact: true }).click();
  await page.getByText('Phone ready').waitFor({ timeout: 30_000 });
  await machine.client.initialize();
  await machine.client.setReadyStatus(true);
  const times = async () =>
    [...(await machine.log()).matchAll(/heard after the answer \{"count":\d+,"last":(\d+)/g)].map(found =>
      Number(found[1]),
    );
  const floor: number[] = [];
  for (let round = 1; round <= rounds; round++) {
    floor.push((await page.evaluate(bareConnection)) as number);
    const before = machine.callEvents.length;
    await customer.dial('700');
    await page.getByRole('button', { name: 'Answer', exact: true }).click({ timeout: 30_000 });
    await until('it is heard', async () => (await times()).length >= round, 30_000);
    await page.getByRole('button', { name: 'Hang up', exact: true }).click();
    await machine.call(SessionState.Idle, before);
  }
  const sorted = (await times()).sort((a, b) => a - b);
  console.log(`a bare connection in the page: ${showDistribution(distributionOf(floor), 'ms')}`);
  console.log(`answer to audio:               ${showDistribution(distributionOf(sorted), 'ms')}`);
  console.log(`answer to audio, p95:          ${sorted[Math.ceil(0.95 * sorted.length) - 1]} ms`);
  const ratio = distributionOf(sorted).p50 / distributionOf(floor).p50;
  console.log(`ratio of the medians:          ${ratio.toFixed(2)}`);
} finally {
  await browser.close();
  await site.close();
}
