import type { SiteConfiguration } from '@cordboard/core';
import { createFakeCallManager, type FakeCallManager } from '../call-manager/fake-call-manager.ts';
import { createVirtualClock, type VirtualClock } from '../clock/virtual-clock.ts';
import { createFindings, type Findings } from '../invariants/findings.ts';
import { legChecks } from '../invariants/leg-check.ts';
import type { AgentHabits } from '../people/act.ts';
import { createScriptedAgent } from '../people/agent.ts';
import { type CallerHabits, type Callers, createCallers } from '../people/callers.ts';
import type { Desk } from '../people/desk.ts';
import { createRandomness, type Randomness } from '../random/randomness.ts';
import { changedConfiguration } from './changed-configuration.ts';
import { createSwitchboard } from './far-ends.ts';
import { createPopulation, extensionOf, type Size } from './population.ts';
import type { Troubles } from './troubles.ts';

export interface SurroundingsOptions {
  seed: string;
  size: Size;
  callers: CallerHabits;
  /** mean milliseconds between two things that an agent does */
  agentPace: number;
  troubles: Troubles;
}

/** Everything that a site has around it, whatever the site is made of: time, phones, callers, and people for the desks. */
export interface Surroundings {
  random: Randomness;
  clock: VirtualClock;
  findings: Findings;
  configuration: SiteConfiguration;
  callManager: FakeCallManager;
  callers: Callers;
  legs: ReturnType<typeof legChecks>;
  /** puts somebody at a desk */
  seat(agentId: number, desk: Desk): void;
  /** troubles that the surroundings cannot make by themselves */
  trouble(kinds: {
    crash(): void;
    networkBreak(): void;
    configure(configuration: SiteConfiguration): void;
  }): void;
  /** callers and agents stop, troubles end */
  stop(): void;
  /** everybody puts the handset down */
  hangUpAll(): void;
  hoursPassed(): number;
}

export const createSurroundings = (options: SurroundingsOptions): Surroundings => {
  const { seed, size, troubles } = options;
  const random = createRandomness(seed);
  const clock = createVirtualClock();
  const started = clock.now();
  const findings = createFindings(clock.now, seed);
  const configuration = createPopulation(random.split('population'), size);
  const note = (line: string) => findings.note(line);
  const wire = random.split('wire');
  const phoneLuck = random.split('phones');
  const switchboard = createSwitchboard({
    clock,
    random: random.split('switchboard'),
    phones: () => callManager.phones,
    callers: () => callers,
    note,
  });
  const callManager = createFakeCallManager({
    clock,
    farEnds: switchboard.farEnds,
    latency: () => (wire.chance(troubles.slowParcel) ? wire.whole(500, 8_000) : wire.whole(1, 30)),
    picksUp: () => phoneLuck.chance(0.98),
  });
  const callers: Callers = createCallers({
    clock,
    random: random.split('callers'),
    phones: callManager.phones,
    numbers: [...configuration.serviceGroups, ...(configuration.flows ?? [])].flatMap(each => each.numbers),
    habits: options.callers,
    note,
  });
  const extensions = configuration.extensions.map(each => each.number);
  const register = (number: string) => callManager.phones.register(number, `192.0.2.${number}`);
  for (const number of extensions) register(number);

  const habits: AgentHabits = {
    pace: options.agentPace,
    numbers: [
      ...extensions,
      ...[...configuration.serviceGroups, ...(configuration.flows ?? [])].flatMap(each => each.numbers),
      '0891234567',
      '+49 (30) 12-34',
      '112',
      '',
      'nobody',
    ],
    reasons: configuration.notReadyReasons,
    extensions: [...extensions, 'nowhere'],
    logonIds: [...configuration.users.map(each => each.logonId), 'nobody'],
    serviceGroups: configuration.serviceGroups.map(each => each.id),
    authenticationNumber: configuration.authentication?.number ?? '',
    cqCodes: [...configuration.cqCodes, { id: 99, code: 'X', name: 'Not of this group' }],
  };
  const agents: { stop(): void }[] = [];
  let stopped = false;

  const changes = random.split('configuration');
  const luck = random.split('trouble');
  const nowAndThen = (mean: number, act: () => void) => {
    if (mean === 0) return;
    clock.after(luck.duration(mean), () => {
      if (stopped) return;
      act();
      nowAndThen(mean, act);
    });
  };

  return {
    random,
    clock,
    findings,
    configuration,
    callManager,
    callers,
    legs: legChecks({ callManager, callers, findings }),
    seat(agentId, desk) {
      const agent = { clock, random: random.split(`agent ${agentId}`), desk, habits };
      const own = extensionOf(agentId);
      agents.push(
        createScriptedAgent({ ...agent, handset: extension => switchboard.handset(extension || own) }),
      );
    },
    trouble(kinds) {
      nowAndThen(troubles.crash, kinds.crash);
      nowAndThen(troubles.networkBreak, kinds.networkBreak);
      nowAndThen(troubles.reconfigure, () => {
        note('somebody changes the configuration');
        kinds.configure(changedConfiguration(changes, configuration));
      });
      nowAndThen(troubles.linkBreak, () => {
        note('the link to the call manager breaks');
        callManager.breakLink();
      });
      nowAndThen(troubles.callManagerRestart, () => {
        note('the call manager starts again');
        callManager.restart();
        clock.after(500, () => extensions.forEach(register));
      });
      nowAndThen(troubles.phoneUnplugged, () => {
        const number = luck.pick(extensions);
        note(`the phone of ${number} is unplugged`);
        callManager.phones.unregister(number);
        clock.after(luck.duration(30_000), () => register(number));
      });
    },
    stop() {
      stopped = true;
      callers.leave();
      for (const agent of agents) agent.stop();
    },
    hangUpAll() {
      for (const number of extensions) switchboard.handset(number).hangUp();
    },
    hoursPassed: () => Math.round((clock.now() - started) / 36_000) / 100,
  };
};
