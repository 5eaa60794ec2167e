import { createFakeCallManager, type FakeCallManager } from '../call-manager/fake-call-manager.ts';
import { createVirtualClock, type VirtualClock } from '../clock/virtual-clock.ts';
import { createFindings, type Findings } from '../invariants/findings.ts';
import { createFloorCheck } from '../invariants/floor-check.ts';
import { legChecks } from '../invariants/leg-check.ts';
import { createStateCheck } from '../invariants/state-check.ts';
import { createScriptedAgent } from '../people/agent.ts';
import { type CallerHabits, type Callers, createCallers } from '../people/callers.ts';
import { createRandomness } from '../random/randomness.ts';
import { realCore, type SiteCore } from '../site/core.ts';
import { createSimulatedDesk, type SimulatedDesk } from '../site/simulated-desk.ts';
import { noFaults } from '../site/simulated-journal.ts';
import { createSimulatedSite, type SimulatedSite } from '../site/simulated-site.ts';
import { createSwitchboard } from './far-ends.ts';
import { createPopulation, extensionOf, type Size } from './population.ts';
import type { Troubles } from './troubles.ts';

export interface WorldOptions {
  seed: string;
  size: Size;
  callers: CallerHabits;
  /** mean milliseconds between two things that an agent does */
  agentPace: number;
  troubles: Troubles;
  core?: SiteCore;
  /** steps between two comparisons of the whole state */
  compareEvery?: number;
}

export interface Totals {
  seed: string;
  simulatedHours: number;
  steps: number;
  /** items that reached desks */
  items: number;
  calls: number;
  crashes: number;
}

/** A contact center in one process: the core, and fakes of all that is around it. */
export interface CoreWorld {
  clock: VirtualClock;
  callManager: FakeCallManager;
  callers: Callers;
  desks: SimulatedDesk[];
  site: SimulatedSite;
  findings: Findings;
  /** runs until so many items have reached the desks; throws at the first thing that is wrong */
  run(items: number): void;
  /** everybody leaves, and nothing may be left over */
  close(): void;
  totals(): Totals;
}

export const createCoreWorld = (options: WorldOptions): CoreWorld => {
  const { seed, size, troubles, core = realCore } = options;
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
    latency: () => wire.whole(1, 30),
    picksUp: () => phoneLuck.chance(0.98),
  });
  const callers: Callers = createCallers({
    clock,
    random: random.split('callers'),
    phones: callManager.phones,
    numbers: configuration.serviceGroups.flatMap(group => group.numbers),
    habits: options.callers,
    note,
  });
  const registerAll = () => {
    for (const { number } of configuration.extensions)
      callManager.phones.register(number, `192.0.2.${number}`);
  };
  registerAll();

  const floorCheck = createFloorCheck(configuration, findings);
  const stateCheck = createStateCheck(core, floorCheck.floor, findings, options.compareEvery ?? 200);
  const legs = legChecks({ callManager, callers, findings });

  const site = createSimulatedSite({
    core,
    clock,
    random: random.split('site'),
    callManager,
    configuration,
    findings,
    faults: troubles.journal,
    watcher: {
      decided(message, outcome, state) {
        note(describe(message, outcome.commands));
        floorCheck.step(message, outcome);
        stateCheck.step(message, outcome, state);
      },
      recovered(state) {
        floorCheck.recovered(agentId => core.agent(state, agentId));
        stateCheck.recovered(state);
      },
    },
  });

  const habits = {
    pace: options.agentPace,
    numbers: [
      ...configuration.extensions.map(each => each.number),
      ...configuration.serviceGroups.flatMap(each => each.numbers),
      '0891234567',
      '+49 (30) 12-34',
      '112',
      '',
      'nobody',
    ],
    reasons: configuration.notReadyReasons,
  };
  const desks = configuration.users.map(({ id }) =>
    createSimulatedDesk({ agentId: id, clock, random: random.split(`desk ${id}`), site, findings }),
  );
  const agents = desks.map(desk =>
    createScriptedAgent({
      clock,
      random: random.split(`agent ${desk.agentId}`),
      desk,
      handset: switchboard.handset(extensionOf(desk.agentId)),
      habits,
    }),
  );

  let closing = false;
  const trouble = random.split('trouble');
  const nowAndThen = (mean: number, act: () => void) => {
    if (mean === 0) return;
    clock.after(trouble.duration(mean), () => {
      if (closing) return;
      act();
      nowAndThen(mean, act);
    });
  };
  nowAndThen(troubles.crash, () => site.crash());
  nowAndThen(troubles.networkBreak, () => trouble.pick(desks).disconnect());
  nowAndThen(troubles.linkBreak, () => {
    note('the link to the call manager breaks');
    callManager.breakLink();
  });
  nowAndThen(troubles.callManagerRestart, () => {
    note('the call manager starts again');
    callManager.restart();
    clock.after(500, registerAll);
  });
  nowAndThen(troubles.phoneUnplugged, () => {
    const { number } = trouble.pick(configuration.extensions);
    note(`the phone of ${number} is unplugged`);
    callManager.phones.unregister(number);
    clock.after(trouble.duration(30_000), () => callManager.phones.register(number, `192.0.2.${number}`));
  });

  const items = () => desks.reduce((sum, desk) => sum + desk.items, 0);
  const step = () => {
    if (!clock.runNext()) throw new Error('nothing is left to do');
    findings.assertNone();
  };
  const pass = (milliseconds: number) => {
    const until = clock.now() + milliseconds;
    for (let due = clock.nextDue(); due !== null && due <= until; due = clock.nextDue()) step();
    clock.advance(until - clock.now());
  };

  return {
    clock,
    callManager,
    callers,
    desks,
    site,
    findings,
    run(wanted) {
      let sampled = 0;
      while (items() < wanted) {
        step();
        sampled += 1;
        if (sampled % 500 === 0) legs.sample();
        findings.assertNone();
      }
    },
    close() {
      closing = true;
      site.setFaults(noFaults);
      callers.leave();
      for (const agent of agents) agent.stop();
      // whoever lost his application has it back, so that he can be asked to go
      for (const desk of desks) if (!desk.present) desk.comeBack();
      for (let round = 0; round < 10; round += 1) {
        pass(12_000);
        for (const desk of desks) switchboard.handset(extensionOf(desk.agentId)).hangUp();
      }
      for (const desk of desks) desk.logOff();
      pass(300_000);
      legs.atTheEnd();
      for (const desk of desks) {
        if (desk.unanswered > 0)
          findings.violated('SYS-13', `agent ${desk.agentId} waits for ${desk.unanswered} answers`);
      }
      findings.assertNone();
    },
    totals: () => ({
      seed,
      simulatedHours: Math.round((clock.now() - started) / 36_000) / 100,
      steps: site.steps,
      items: items(),
      calls: callers.calls,
      crashes: site.crashes,
    }),
  };
};

const describe = (
  message: Parameters<SiteCore['decide']>[1],
  commands: readonly { type: string; leg: string }[],
): string => {
  const { at: _, ...rest } = message;
  const what =
    message.type === 'configure' || message.type === 'inventory' ? message.type : JSON.stringify(rest);
  return commands.length === 0
    ? what
    : `${what} => ${commands.map(each => `${each.type} leg ${each.leg}`).join(', ')}`;
};
