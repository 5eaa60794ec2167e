import type { Outcome, SiteConfiguration, SiteEvent, SiteMessage, SiteState } from '@cordboard/core';
import { invariantFaults } from '@cordboard/core/testing';
import type { Randomness } from '../random/randomness.ts';
import type { SiteCore } from '../site/core.ts';
import { createDetailCheck } from './detail-check.ts';
import { createDispatchCheck } from './dispatch-check.ts';
import { createFiguresCheck } from './figures-check.ts';
import type { Findings } from './findings.ts';
import { createFlagsCheck } from './flags-check.ts';
import { createFloorCheck } from './floor-check.ts';
import { createHearingCheck } from './hearing-check.ts';
import { createJoiningCheck } from './joining-check.ts';
import { monitorFault } from './monitor-check.ts';
import { createRecordingCheck } from './recording-check.ts';
import { createRepeatCheck } from './repeat-check.ts';
import { createStateCheck } from './state-check.ts';

/** Everything that is checked of a site where it decides. */
export interface SiteChecks {
  step(message: SiteMessage, outcome: Outcome<SiteEvent>, state: SiteState): void;
  /** the state was loaded */
  recovered(state: SiteState): void;
  /** everybody has left */
  atTheEnd(state: SiteState): void;
}

/** steps between two looks at everything that hangs together in a state, and between two tries of a flag */
const lookEvery = 20;
const probeEvery = 150;

export const createSiteChecks = (options: {
  core: SiteCore;
  configuration: SiteConfiguration;
  findings: Findings;
  random: Randomness;
  /** steps between two comparisons of the whole state */
  compareEvery: number;
}): SiteChecks => {
  const { core, configuration, findings, random } = options;
  const floorCheck = createFloorCheck(configuration, findings);
  const hearingCheck = createHearingCheck(findings);
  const dispatchCheck = createDispatchCheck(configuration, findings);
  const figuresCheck = createFiguresCheck(configuration, findings);
  const recordingCheck = createRecordingCheck(findings);
  const repeatCheck = createRepeatCheck(findings);
  const detailCheck = createDetailCheck(findings);
  const joiningCheck = createJoiningCheck(findings);
  const flagsCheck = createFlagsCheck(core, random, findings);
  const stateCheck = createStateCheck(core, floorCheck.floor, findings, options.compareEvery);
  let steps = 0;

  const lookAround = (message: SiteMessage, state: SiteState) => {
    steps += 1;
    if (steps % lookEvery === 0) {
      const [fault] = invariantFaults(state);
      if (fault !== undefined) findings.violated('SYS-00', `the state: ${fault}`);
    }
    if (steps % probeEvery === 0) flagsCheck.probe(state, message.at);
  };

  return {
    step(message, outcome, state) {
      const overdue = (core.nextDue(state) ?? Infinity) <= message.at;
      floorCheck.step(message, outcome, overdue, state);
      hearingCheck.step(message, outcome, state);
      dispatchCheck.step(message, outcome, state);
      figuresCheck.step(message.at, outcome.published, overdue, state);
      recordingCheck.step(message, outcome, state);
      repeatCheck.step(message, outcome);
      detailCheck.step(outcome);
      joiningCheck.step(outcome, state);
      if (hearingCheck.settled)
        for (const monitor of state.monitors.bySupervisor.values()) {
          const fault = monitorFault(state, hearingCheck.legs, monitor);
          if (fault) findings.violated('SYS-132', fault);
        }
      stateCheck.step(message, outcome, state);
      if (outcome.events.length > 0) lookAround(message, state);
    },
    recovered(state) {
      const view = (agentId: number) => core.agent(state, agentId);
      floorCheck.recovered(view, state);
      hearingCheck.recovered();
      recordingCheck.recovered();
      repeatCheck.recovered(state);
      detailCheck.recovered(state);
      dispatchCheck.recovered(view, state);
      figuresCheck.recovered(view);
      joiningCheck.recovered(configuration.users.flatMap(({ id }) => view(id)?.snapshot.calls ?? []));
      stateCheck.recovered(state);
    },
    atTheEnd(state) {
      detailCheck.atTheEnd(state);
      // who is to be called back waits on
      const calls = [...state.calls.values()].filter(each => !each.service?.waiting.callback);
      const left = {
        calls: calls.length,
        sessions: state.sessions.size,
        legs: state.legs.size,
        items: [...state.dispatch.items.values()].filter(each => calls.some(({ id }) => id === each.callId))
          .length,
        monitors: state.monitors.bySupervisor.size,
        recordings: state.recordings.bySession.size + state.recordings.ending.size,
      };
      for (const [what, count] of Object.entries(left))
        if (count > 0) findings.violated('SYS-133', `${count} ${what} are left over`);
    },
  };
};
