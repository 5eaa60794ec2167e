import type { CallManagerCommand, SiteMessage, SiteState } from '@cordboard/core';
import { createExercised } from '../invariants/exercised.ts';
import { checkReplica } from '../invariants/replica-check.ts';
import { createSiteChecks } from '../invariants/site-checks.ts';
import { createSwitchCheck } from '../invariants/switch-check.ts';
import { realCore, type SiteCore } from '../site/core.ts';
import { createSimulatedDesk } from '../site/simulated-desk.ts';
import { noFaults } from '../site/simulated-journal.ts';
import { createSimulatedSite } from '../site/simulated-site.ts';
import { describe } from './describe.ts';
import { createSurroundings, type SurroundingsOptions } from './surroundings.ts';

export interface WorldOptions extends SurroundingsOptions {
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
  /** runs until so many items have reached the desks; throws at the first thing that is wrong */
  run(items: number): void;
  /** everybody leaves, and nothing may be left over */
  close(): void;
  totals(): Totals;
  /** what was met, of `everything` */
  readonly met: ReadonlyMap<string, number>;
}

export const createCoreWorld = (options: WorldOptions): CoreWorld => {
  const { core = realCore } = options;
  const around = createSurroundings(options);
  const { random, clock, findings, configuration, callManager, callers, legs } = around;
  let current: SiteState | null = null;
  const exercised = createExercised();
  const switchCheck = createSwitchCheck({ callManager, now: clock.now, findings });
  const checks = createSiteChecks({
    core,
    configuration,
    findings,
    random: random.split('probes'),
    compareEvery: options.compareEvery ?? 200,
  });

  const site = createSimulatedSite({
    core,
    clock,
    random: random.split('site'),
    callManager,
    configuration,
    findings,
    faults: options.troubles.journal,
    reportAgain: options.troubles.reportAgain,
    watcher: {
      decided(message: SiteMessage, outcome, state) {
        const commands: readonly CallManagerCommand[] = outcome.commands;
        findings.note(describe(message, commands));
        current = state;
        exercised.step(message, outcome, state);
        checks.step(message, outcome, state);
      },
      recovered(state) {
        exercised.recovered(state);
        checks.recovered(state);
      },
    },
  });
  const desks = configuration.users.map(({ id }) =>
    createSimulatedDesk({
      agentId: id,
      clock,
      random: random.split(`desk ${id}`),
      site,
      findings,
      slowParcel: options.troubles.slowParcel,
    }),
  );
  for (const desk of desks) around.seat(desk.agentId, desk);
  const unlucky = random.split('network');
  around.trouble({
    crash: () => site.crash(),
    networkBreak: () => unlucky.pick(desks).disconnect(),
    configure: site.configure,
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

  const everybodyLogsOff = (milliseconds: number) => {
    for (const desk of desks) desk.logOff();
    pass(milliseconds);
  };
  const leave = () => {
    // whoever lost his application has it back, so that he can be asked to go
    for (const desk of desks) if (!desk.present) desk.comeBack();
    for (let round = 0; round < 10; round += 1) {
      pass(12_000);
      around.hangUpAll();
    }
    everybodyLogsOff(300_000);
    // who was off has asked for something, and somebody else sat at his phone
    for (const desk of desks) if (desk.unanswered > 0) desk.logOn('');
    pass(10_000);
    everybodyLogsOff(100_000);
  };

  return {
    met: exercised.met,
    run(wanted) {
      for (let sampled = 1; items() < wanted; sampled += 1) {
        step();
        if (sampled % 500 !== 0) continue;
        legs.sample();
        if (!current) continue;
        switchCheck.sample(current);
        for (const desk of desks) checkReplica(core, current, desk, findings);
      }
    },
    close() {
      around.stop();
      site.setFaults(noFaults);
      // who was removed is to go like everybody else
      site.configure(configuration);
      leave();
      legs.atTheEnd();
      if (current) checks.atTheEnd(current);
      for (const { agentId, unanswered } of desks) {
        if (unanswered > 0) findings.violated('SYS-13', `agent ${agentId} waits for ${unanswered} answers`);
      }
      findings.assertNone();
    },
    totals: () => ({
      seed: options.seed,
      simulatedHours: around.hoursPassed(),
      steps: site.steps,
      items: items(),
      calls: callers.calls,
      crashes: site.crashes,
    }),
  };
};
