// What 400 subscribers hear of a queue, and when: five callers a second come into a service group in which nobody is Ready, and
// leave again. Through the real server, switch and database: from the caller's INVITE (or BYE) to the event at each of the 400
// clients of the real gateway, parsed. The floor is a bare WebSocket broadcast of the same frames to as many clients by a process
// of its own, in between, so that both meet the same machine. Callers and clients are in this process.
//
//   node bench/dispatch-fan-out.ts [--clients N] [--calls N]
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { brokerMethods, type Peer, UpdateType } from '@cordboard/contract';
import { createPhone } from '@cordboard/switch/testing';
import { WebSocket } from 'ws';
import { distributionOf, showDistribution } from './distribution.ts';
import { attach, logOn } from './sip/desks.ts';
import { processesNaming, processorSeconds } from './sip/processes.ts';
import { type MeasuredSite, serviceNumber, startMeasuredSite } from './sip/site.ts';

const { values } = parseArgs({
  options: { clients: { type: 'string', default: '400' }, calls: { type: 'string', default: '100' } },
});
const clients = Number(values.clients);
const calls = Number(values.calls);
const betweenCalls = 200;
const waitMilliseconds = 700;

interface Told {
  event: string;
  values: [{ Number: string }, UpdateType];
}

/** Milliseconds of each event at each client, by what it tells. */
const samples = { added: [] as number[], deleted: [] as number[], floor: [] as number[] };
/** when the caller of a number did what the events tell of */
const came = new Map<string, number>();
const left = new Map<string, number>();
let frame = '';

function hear(method: string, parameters: unknown): void {
  if (method !== 'item') return;
  const { event, values: told } = parameters as Told;
  if (event !== 'OnDispatchVoiceCallEvent') return;
  const now = performance.now();
  const [{ Number: caller }, update] = told;
  const since = (update === UpdateType.Add ? came : left).get(caller);
  if (since === undefined) return;
  (update === UpdateType.Add ? samples.added : samples.deleted).push(now - since);
  frame = JSON.stringify({ jsonrpc: '2.0', method, params: parameters });
}

async function subscribeAll(site: MeasuredSite): Promise<Peer[]> {
  const peers: Peer[] = [];
  for (const { logonId } of site.agents) {
    const peer = await attach(site, await logOn(site.url, logonId), hear);
    const ask = async (method: string, parameters: object) => {
      const answer = await peer.request(method, parameters, { id: `${method} ${logonId}` });
      if (!answer.ok) throw new Error(`${logonId} ${method}: ${answer.refusal.reason}`);
    };
    await ask('subscribeDispatchVoiceCalls', { serviceGroupId: 0, subscribe: true });
    await ask('enableDispatchEvents', { enable: true });
    peers.push(peer);
  }
  return peers;
}

async function callAndLeave(site: MeasuredSite, index: number): Promise<void> {
  const number = `07${100_000 + index}`;
  const phone = await createPhone({
    extension: number,
    server: { address: '127.0.0.1', port: site.sipPort },
  });
  came.set(number, performance.now());
  const call = await phone.call(serviceNumber);
  await sleep(waitMilliseconds);
  left.set(number, performance.now());
  call.hangUp();
  await sleep(waitMilliseconds);
  phone.close();
}

async function startFloor(): Promise<{ child: ChildProcess; broadcast(): void; close(): void }> {
  const child = spawn(process.execPath, [path.join(import.meta.dirname, 'broadcast-floor.ts')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [port] = (await once(child.stdout, 'data')) as [Buffer];
  const sockets: WebSocket[] = [];
  let sent = 0;
  for (let index = 0; index < clients; index += 1) {
    const socket = new WebSocket(`ws://127.0.0.1:${Number(port)}`, { perMessageDeflate: false });
    await once(socket, 'open');
    socket.on('message', data => {
      JSON.parse(String(data));
      samples.floor.push(performance.now() - sent);
    });
    sockets.push(socket);
  }
  return {
    child,
    broadcast() {
      sent = performance.now();
      sockets[0]?.send(frame);
    },
    close() {
      for (const socket of sockets) socket.close();
      child.kill();
    },
  };
}

const folder = mkdtempSync(path.join(os.tmpdir(), 'cordboard-bench-'));
const site = await startMeasuredSite(folder, clients);
const peers = await subscribeAll(site);
const floor = await startFloor();
const beat = setInterval(() => {
  for (const peer of peers) peer.notify(brokerMethods.ping, {});
}, 5_000);

const measure = async (count: number, from: number) => {
  const under: Promise<void>[] = [];
  for (let index = 0; index < count; index += 1) {
    under.push(callAndLeave(site, from + index));
    // halfway between a caller's coming and another one's leaving
    await sleep(betweenCalls / 4);
    if (frame !== '') floor.broadcast();
    await sleep((betweenCalls * 3) / 4);
  }
  await Promise.all(under);
};

await measure(10, 0);
for (const sample of Object.values(samples)) sample.length = 0;
const before = processorSeconds(processesNaming(folder));
await measure(calls, 1_000);
const spent = processorSeconds(processesNaming(folder)) - before;

console.log(`${clients} clients, ${1000 / betweenCalls} calls/s, ${calls} calls`);
console.log(`INVITE to Add    ${showDistribution(distributionOf(samples.added), 'ms')}`);
console.log(`BYE to Delete    ${showDistribution(distributionOf(samples.deleted), 'ms')}`);
console.log(`bare broadcast   ${showDistribution(distributionOf(samples.floor), 'ms')}`);
console.log(`processor time of the site: ${((spent * 1000) / calls).toFixed(1)} ms a call`);
const expected = calls * clients;
console.log(`events: ${samples.added.length} and ${samples.deleted.length} of ${expected} each`);

clearInterval(beat);
for (const peer of peers) peer.close();
floor.close();
await site.stop();
rmSync(folder, { recursive: true, force: true });
process.exit(samples.added.length === expected && samples.deleted.length === expected ? 0 : 1);
