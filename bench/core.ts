import { parseArgs } from 'node:util';
import {
  type CallManagerReport,
  createSite,
  decide,
  type SiteMessage,
  type SiteState,
} from '@cordboard/core';
import { testConfiguration, testExtension, testNumber } from '@cordboard/core/testing';

/**
 * The core alone: messages decided in a second of processor time, that of the garbage collection included, with 100, 1,000 and 10,000 agents in 200 service groups, ten groups an agent.
 * In `agents waiting` all agents are free and each call goes to one at once; in `calls waiting` all agents talk, 1,000 callers wait,
 * and each agent who hangs up gets the next. The floor, in the same run: a step of a Map and the JSON of one event.
 *
 *   node bench/core.ts [--rounds 7] [--calls 4000]
 */
const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '7' }, calls: { type: 'string', default: '4000' } },
});
const rounds = Number(values.rounds);
const calls = Number(values.calls);
const groups = 200;
const groupsPerAgent = 10;
const waitingCallers = 1_000;
const sizes = [100, 1_000, 10_000];

type Asked = SiteMessage extends infer Message
  ? Message extends unknown
    ? Omit<Message, 'at'>
    : never
  : never;

/** A site and who is on which leg in it. */
interface Scene {
  decided: number;
  readonly talking: number;
  readonly callers: number;
  arrive(): void;
  /** some agent who talks hangs up, and whoever he gets next is answered */
  finish(): void;
}

const createScene = (agents: number): Scene => {
  const state: SiteState = createSite();
  let now = Date.UTC(2026, 0, 5, 8);
  let reports = 0;
  let callers = 0;
  /** callers who are there: talking or waiting */
  let present = 0;
  let nextGroup = 0;
  const talking: { agentId: number; callerLeg: string }[] = [];
  const callerOf = new Map<string, string>();

  const send = (asked: Asked) => {
    scene.decided += 1;
    now += 1;
    return decide(state, { ...asked, at: now } as SiteMessage);
  };

  const report = (what: CallManagerReport): void => {
    reports += 1;
    follow(send({ type: 'report', seq: reports, report: what }));
  };

  /** phones do what they are told, at once */
  const follow = ({ commands, published }: ReturnType<typeof send>): void => {
    for (const { agentId, item } of published) {
      if (item.event !== 'OnCallEvent' || item.values[0].State !== 3) continue;
      callerOf.set(testExtension(agentId), item.values[0].PhoneNumber);
    }
    for (const command of commands) {
      if (command.type === 'originate' && 'extension' in command.to)
        answer(command.leg, command.to.extension);
      if (command.type === 'clear') {
        report({ type: 'cleared', leg: command.leg, cause: 'normal', byRemote: false });
      }
    }
  };

  const answer = (leg: string, extension: string): void => {
    report({ type: 'alerting', leg });
    report({ type: 'answered', leg, remoteAddress: '192.0.2.1' });
    talking.push({ agentId: Number(extension) - 1_000, callerLeg: callerOf.get(extension) ?? '' });
  };

  const scene: Scene = {
    decided: 0,
    get talking() {
      return talking.length;
    },
    get callers() {
      return present;
    },
    arrive() {
      present += 1;
      callers += 1;
      nextGroup = (nextGroup + 37) % groups;
      const leg = `caller-${callers}`;
      report({
        type: 'arrived',
        leg,
        extension: '',
        callerNumber: leg,
        callerName: '',
        calledNumber: testNumber(nextGroup + 1),
        remoteAddress: '192.0.2.1',
      });
    },
    finish() {
      // not always the oldest: agents become free in any order
      const index = (callers * 7_919) % talking.length;
      const done = talking[index];
      const last = talking.pop();
      if (last && index < talking.length) talking[index] = last;
      present -= 1;
      if (done) report({ type: 'cleared', leg: done.callerLeg, cause: 'normal', byRemote: true });
    },
  };

  send({
    type: 'configure',
    configuration: testConfiguration({
      agents,
      groups,
      agent: id => ({
        agentGroups: Array.from({ length: groupsPerAgent }, (_, each) => ((id * 7 + each * 19) % groups) + 1),
      }),
      group: id => ({ agentGroups: [id], clericalSeconds: 0, greeting: '' }),
      change: {
        agentGroups: Array.from({ length: groups }, (_, index) => ({
          id: index + 1,
          name: `Team ${index + 1}`,
        })),
      },
    }),
  });
  for (let id = 1; id <= agents; id += 1) {
    report({ type: 'registered', extension: testExtension(id), address: '192.0.2.1' });
    send({ type: 'logOn', agentId: id, extension: '', client: `client-${id}` });
    send({ type: 'clientAttached', agentId: id, client: `client-${id}` });
    send({
      type: 'request',
      agentId: id,
      requestId: `ready-${id}`,
      request: { method: 'setReadyStatus', arguments: { status: true } },
    });
  }
  return scene;
};

/** Of all threads, in seconds: unlike the clock on the wall it does not run while others have the machine. */
const processorSeconds = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};

/** messages a second */
const rateOf = (scene: Scene, act: () => void): number => {
  const before = scene.decided;
  const began = processorSeconds();
  for (let call = 0; call < calls; call += 1) act();
  return (scene.decided - before) / (processorSeconds() - began);
};

const floorRate = (): number => {
  const map = new Map<number, { at: number; type: string; leg: string; callId: number }>();
  let length = 0;
  const count = calls * 10;
  const began = processorSeconds();
  for (let step = 0; step < count; step += 1) {
    const event = { at: step, type: 'legAnswered', leg: `l${step}`, callId: step % 5_000 };
    map.set(event.callId, event);
    length += JSON.stringify(event).length;
  }
  if (length === 0) throw new Error('nothing was made');
  return count / (processorSeconds() - began);
};

const median = (list: readonly number[]): number =>
  [...list].sort((left, right) => left - right)[Math.floor(list.length / 2)] ?? Number.NaN;
const thousands = (value: number): string => `${(value / 1_000).toFixed(0).padStart(6)} k/s`;

const free = sizes.map(size => createScene(size));
const busy = sizes.map(size => {
  const scene = createScene(size);
  while (scene.talking < size || scene.callers - scene.talking < waitingCallers) scene.arrive();
  return scene;
});

const rates = {
  free: sizes.map((): number[] => []),
  busy: sizes.map((): number[] => []),
  floor: [] as number[],
};
// one round more than counts: the first warms the compiler
for (let round = 0; round <= rounds; round += 1) {
  const keep = (list: number[] | undefined, rate: number) => {
    if (round > 0) list?.push(rate);
  };
  keep(rates.floor, floorRate());
  for (const [index, scene] of free.entries()) {
    const rate = rateOf(scene, () => {
      scene.arrive();
      scene.finish();
    });
    keep(rates.free[index], rate);
  }
  for (const [index, scene] of busy.entries()) {
    const rate = rateOf(scene, () => {
      scene.finish();
      scene.arrive();
    });
    keep(rates.busy[index], rate);
  }
}

const line = (name: string, list: readonly number[][]) => {
  const [small = Number.NaN, middle = Number.NaN, large = Number.NaN] = list.map(median);
  const cost = small / large;
  console.log(
    `${name.padEnd(16)} ${[small, middle, large].map(thousands).join(' ')}   10,000 agents cost ${cost.toFixed(2)} times 100 (goal: at most 1.5)`,
  );
};
console.log(`messages decided a second, median of ${rounds} rounds of ${calls} calls`);
console.log(`                    100        1,000      10,000 agents`);
line('agents waiting', rates.free);
line('calls waiting', rates.busy);
console.log(`floor            ${thousands(median(rates.floor))}   a Map step and the JSON of one event`);
