// What media cost: the engine of the switch, in a process of its own, with 25, 50 and 100 calls at once of phones that send a packet
// each 20 ms; the processor time of that process for each second of one call, and what is added to a packet's way. Beside it, in turn
// and in the same run, a bare relay of Node for the same packets.
//
//   node bench/media.ts [--calls 25,50,100] [--seconds 1.5]
import { type ChildProcess, fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { type Distribution, distributionOf } from './distribution.ts';
import { openPhones } from './media/load.ts';
import type { FromMeasured, How, ToMeasured } from './media/messages.ts';

const { values } = parseArgs({
  options: {
    calls: { type: 'string', default: '25,50,100' },
    seconds: { type: 'string', default: '1.5' },
  },
});
const seconds = Number(values.seconds);
/** until sockets are known, code is compiled, files are open and the jitter rings have settled */
const warmUp = 1200;

const folder = mkdtempSync(path.join(os.tmpdir(), 'cordboard-media-'));

class Measured {
  readonly #child: ChildProcess;

  constructor(program: string) {
    this.#child = fork(path.join(import.meta.dirname, 'media', program), { stdio: 'inherit' });
  }

  ask<Type extends FromMeasured['type']>(
    message: ToMeasured,
    answer: Type,
  ): Promise<Extract<FromMeasured, { type: Type }>> {
    return new Promise(resolve => {
      const take = (received: unknown) => {
        const known = received as FromMeasured;
        if (known.type !== answer) return;
        this.#child.off('message', take);
        resolve(known as Extract<FromMeasured, { type: Type }>);
      };
      this.#child.on('message', take);
      this.#child.send(message);
    });
  }

  close(): void {
    this.#child.kill();
  }
}

interface Case {
  name: string;
  process: Measured;
  phones: number;
  how: How;
}

interface Outcome {
  /** ms of processor for a second of one call */
  processor: number;
  delay: Distribution;
  /** share of what was said that was heard */
  heard: number;
}

let runs = 0;

const measure = async ({ process, phones: phonesInCall, how }: Case, calls: number): Promise<Outcome> => {
  runs++;
  const phones = await openPhones(calls, phonesInCall);
  const named = phones.ports.map((ports, call) =>
    ports.map((port, index) => ({ leg: `run${runs}-call${call}-${index}`, port })),
  );
  const begin: ToMeasured = { type: 'begin', calls: named, how, recordingFolder: folder };
  const { ports } = await process.ask(begin, 'begun');
  phones.start(ports);
  await sleep(warmUp);
  phones.takeDelays();
  const sentBefore = phones.sent;
  const before = await process.ask({ type: 'processor' }, 'processor');
  const startedAt = performance.now();
  await sleep(seconds * 1000);
  const after = await process.ask({ type: 'processor' }, 'processor');
  const lasted = (performance.now() - startedAt) / 1000;
  const delays = phones.takeDelays();
  const said = (phones.sent - sentBefore) / phonesInCall;
  await phones.stop();
  await process.ask({ type: 'end' }, 'ended');
  return {
    processor: (after.microseconds - before.microseconds) / 1000 / calls / lasted,
    delay: distributionOf(delays),
    heard: delays.length / said,
  };
};

const relay = new Measured('relay.ts');
const engine = new Measured('engine.ts');
const of = (media: How['media'], recorded = false): How => ({ media, recorded });
const cases: Case[] = [
  { name: 'bare relay of two', process: relay, phones: 2, how: of('connected') },
  { name: 'two connected', process: engine, phones: 2, how: of('connected') },
  { name: 'two connected, one recorded', process: engine, phones: 2, how: of('connected', true) },
  { name: 'two connected, one whispered to', process: engine, phones: 3, how: of('whispered') },
  { name: 'bare relay of three', process: relay, phones: 3, how: of('conference') },
  { name: 'conference of three', process: engine, phones: 3, how: of('conference') },
  { name: 'conference of three, one recorded', process: engine, phones: 3, how: of('conference', true) },
];

try {
  console.log(`load average at the start: ${os.loadavg().map(each => each.toFixed(1))}`);
  console.log('| calls | | CPU ms a call-second | of the relay | delay ms p50 / p99 | added p50 | heard |');
  for (const calls of values.calls.split(',').map(Number)) {
    let floor: Outcome | undefined;
    for (const each of cases) {
      const outcome = await measure(each, calls);
      if (each.process === relay) floor = outcome;
      const { processor, delay, heard } = outcome;
      const ratio = (processor / (floor?.processor ?? Number.NaN)).toFixed(2);
      const added = (delay.p50 - (floor?.delay.p50 ?? Number.NaN)).toFixed(2);
      console.log(
        `| ${calls} | ${each.name} | ${processor.toFixed(2)} | ${ratio} | ${delay.p50.toFixed(2)} / ${delay.p99.toFixed(1)} | ${added} | ${(100 * heard).toFixed(1)} % |`,
      );
    }
  }
  console.log(`load average at the end: ${os.loadavg().map(each => each.toFixed(1))}`);
} finally {
  relay.close();
  engine.close();
  rmSync(folder, { recursive: true, force: true });
}
