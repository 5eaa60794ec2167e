import type {
  LegMedia,
  Outcome,
  SiteConfiguration,
  SiteEvent,
  SiteMessage,
  SiteState,
} from '@cordboard/core';
import { expect, test } from 'vitest';
import { realCore, type SiteCore } from '../site/core.ts';
import { createCoreWorld } from './core-world.ts';
import { badNetwork, calm } from './troubles.ts';

/** A check that cannot fail proves nothing: here each meets a core that breaks the rule. */
type Recording = SiteState['recordings']['ending'] extends Map<string, infer Each> ? Each : never;
type Mistake = { rule: string; title: string; core: SiteCore };

const misconfigured = (change: (configuration: SiteConfiguration) => SiteConfiguration): SiteCore => ({
  ...realCore,
  decide: (state, message) =>
    realCore.decide(
      state,
      message.type === 'configure' ? { ...message, configuration: change(message.configuration) } : message,
    ),
});

const falsified = (change: (outcome: Outcome<SiteEvent>, message: SiteMessage) => void): SiteCore => ({
  ...realCore,
  decide(state, message) {
    const outcome = realCore.decide(state, message);
    change(outcome, message);
    return outcome;
  },
});

/** A caller who is to hear music hears the one before him who was. */
const mixingCallers = (): SiteCore => {
  const outside = new Set<string>();
  const waiting = new Set<string>();
  return falsified((outcome, message) => {
    const report = message.type === 'report' ? message.report : null;
    if (report?.type === 'arrived' && report.extension === '') outside.add(report.leg);
    if (report?.type === 'cleared') waiting.delete(report.leg);
    outcome.commands = outcome.commands.map(command => {
      if (command.type === 'clear') waiting.delete(command.leg);
      const isMusic = command.type === 'setMedia' && command.media.type === 'play';
      if (!isMusic || !outside.has(command.leg)) return command;
      const [other] = waiting;
      waiting.add(command.leg);
      if (other === undefined || other === command.leg) return command;
      return { ...command, media: { type: 'connected', with: other } };
    });
  });
};

const withMedia = (change: (media: LegMedia) => LegMedia): SiteCore =>
  falsified(outcome => {
    outcome.commands = outcome.commands.map(command =>
      'media' in command ? { ...command, media: change(command.media) } : command,
    );
  });

/** Something in the state is not as it should be after a step; the step itself says nothing of it. */
const changingState = (change: (state: SiteState) => void): SiteCore => ({
  ...realCore,
  decide(state, message) {
    const outcome = realCore.decide(state, message);
    change(state);
    return outcome;
  },
});

let answers = 0;
let replays = 0;

const mistakes: Mistake[] = [
  {
    rule: 'SYS-01',
    title: 'SYS-01 an item that is left out is seen',
    core: falsified(outcome => {
      if (outcome.published.length > 2) outcome.published.splice(1, 1);
    }),
  },
  {
    rule: 'SYS-08',
    title: 'SYS-08 a caller at two agents is seen',
    core: falsified(({ published }) => {
      for (const { item } of published) {
        if (item.event === 'OnCallEvent') item.values[0].PhoneNumber = '7000001';
      }
    }),
  },
  {
    rule: 'SYS-09',
    title: 'SYS-09 a queue in the wrong order of priorities is seen',
    core: misconfigured(configuration => ({
      ...configuration,
      serviceGroups: configuration.serviceGroups.map(each => ({ ...each, priority: 11 - each.priority })),
    })),
  },
  {
    rule: 'SYS-10',
    title: 'SYS-10 a skill that is ignored is seen',
    core: misconfigured(configuration => ({
      ...configuration,
      serviceGroups: configuration.serviceGroups.map(each => ({ ...each, skill: '' })),
    })),
  },
  {
    rule: 'SYS-11',
    title: 'SYS-11 an agent who is free in vain is seen',
    core: misconfigured(configuration => ({
      ...configuration,
      users: configuration.users.map(each => ({ ...each, agentGroups: [] })),
    })),
  },
  {
    rule: 'SYS-12',
    title: 'SYS-12 a step that the replay leaves out is seen',
    core: {
      ...realCore,
      replay(state, steps) {
        replays += 1;
        if (replays % 50 !== 0) realCore.replay(state, steps);
      },
    },
  },
  {
    rule: 'SYS-13',
    title: 'SYS-13 another answer to the same request is seen',
    core: falsified(outcome => {
      answers += 1;
      if (outcome.answer?.ok) outcome.answer = { ok: true, value: answers };
    }),
  },
  {
    rule: 'SYS-14',
    title: 'SYS-14 a replica that differs from the site is seen',
    core: falsified(({ published }) => {
      for (const { item } of published) {
        if (item.event === 'abilities') item.values[0] = { ...item.values[0], canMakeCall: true };
      }
    }),
  },
  { rule: 'SYS-120', title: 'SYS-120 callers who hear each other are seen', core: mixingCallers() },
  {
    rule: 'SYS-121',
    title: 'SYS-121 a caller who is held and still hears the agent is seen',
    core: falsified(outcome => {
      outcome.commands = outcome.commands.filter(
        command => command.type !== 'setMedia' || command.media.type !== 'play',
      );
    }),
  },
  {
    rule: 'SYS-122',
    title: 'SYS-122 two who talk and do not hear each other are seen',
    core: withMedia(media => (media.type === 'connected' ? { type: 'none' } : media)),
  },
  {
    rule: 'SYS-123',
    title: 'SYS-123 speech with nobody is seen',
    core: withMedia(media => (media.type === 'connected' ? { ...media, with: 'nobody' } : media)),
  },
  {
    rule: 'SYS-124',
    title: 'SYS-124 an item that a subscriber is not told of is seen',
    core: falsified(outcome => {
      for (const { item } of outcome.published) {
        if (item.event === 'OnDispatchVoiceCallEvent') item.values[0] = { ...item.values[0], ID: 0 };
      }
    }),
  },
  {
    rule: 'SYS-125',
    title: 'SYS-125 a call that waits where nobody sees it is seen',
    core: changingState(state => {
      const [id] = state.dispatch.items.keys();
      if (id !== undefined) state.dispatch.items.delete(id);
    }),
  },
  {
    rule: 'SYS-126',
    title: 'SYS-126 two who both get an item are seen',
    core: falsified((outcome, message) => {
      if (message.type !== 'request' || !message.request.method.startsWith('retrieveDispatch')) return;
      Object.assign(message.request.arguments, { callId: 4_711 });
      outcome.answer = { ok: true, value: true };
    }),
  },
  {
    rule: 'SYS-127',
    title: 'SYS-127 a figure that is never told again is seen',
    core: falsified(outcome => {
      for (const { item } of outcome.published) {
        if (item.event === 'OnRealTimeInformationUpdate')
          item.values[0] = { ...item.values[0], CallsInQueue: item.values[0].CallsInQueue + 1 };
      }
    }),
  },
  {
    rule: 'SYS-128',
    title: 'SYS-128 a recording that goes on while its agent holds is seen',
    core: falsified(outcome => {
      outcome.commands = outcome.commands.filter(command => command.type !== 'pauseRecording');
    }),
  },
  {
    rule: 'SYS-129',
    title: 'SYS-129 private data that do not follow a call are seen',
    core: falsified(outcome => {
      if (!outcome.events.some(each => each.type === 'callTransferred' || each.type === 'callConferenced'))
        return;
      for (const { item } of outcome.published) {
        if (item.event === 'OnCallEvent') item.values[0] = { ...item.values[0], PrivateData: 'lost' };
      }
    }),
  },
  {
    rule: 'SYS-130',
    title: 'SYS-130 a transferred call that rings nowhere is seen',
    core: changingState(state => {
      for (const call of state.calls.values()) {
        const service = state.sessions.get(call.sessions[0] ?? 0)?.service ?? null;
        if (call.legs.length > 2) call.recall = { agentId: 0, extension: '', service, stage: 'transferred' };
      }
    }),
  },
  {
    rule: 'SYS-131',
    title: 'SYS-131 an ability that is promised and refused is seen',
    core: {
      ...realCore,
      agent(state, agentId) {
        const view = realCore.agent(state, agentId);
        const can = { canMakeCall: true, canConference: true, canTransfer: true };
        return view && { ...view, snapshot: { ...view.snapshot, abilities: can } };
      },
    },
  },
  {
    rule: 'SIM-61',
    title: 'SIM-61 a report that is taken a second time is seen',
    core: {
      ...realCore,
      decide: (state, message) =>
        realCore.decide(
          state,
          message.type === 'report' ? { ...message, seq: state.callManager.seq + 1 } : message,
        ),
    },
  },
  {
    rule: 'SIM-63',
    title: 'SIM-63 a call that begins twice in the record is seen',
    core: falsified(outcome => {
      const started = outcome.events.find(each => each.type === 'callStarted');
      if (started) outcome.events.push(started);
    }),
  },
  {
    rule: 'SYS-132',
    title: 'SYS-132 a supervisor who is heard though he only listens is seen',
    core: withMedia(media => (media.type === 'monitor' ? { ...media, whisper: true } : media)),
  },
];

for (const { rule, title, core } of mistakes) {
  test(title, () => {
    const world = createCoreWorld({
      seed: 'broken',
      size: { agents: 10, serviceGroups: 6, groupsPerAgent: 3 },
      callers: { betweenCalls: 4_000, patience: 60_000, talk: 40_000, wrongNumber: 0 },
      agentPace: 3_000,
      troubles: { ...badNetwork, reportAgain: 0.05 },
      core,
    });
    expect(() => world.run(20_000)).toThrow(rule);
  });
}

test('SYS-133 something that is left over in the state is seen', () => {
  let last: Recording | undefined;
  const world = createCoreWorld({
    seed: 'broken',
    size: { agents: 3, serviceGroups: 2, groupsPerAgent: 1 },
    callers: { betweenCalls: 4_000, patience: 60_000, talk: 40_000, wrongNumber: 0 },
    agentPace: 3_000,
    troubles: calm,
    compareEvery: Number.POSITIVE_INFINITY,
    core: {
      ...realCore,
      decide(state, message) {
        const outcome = realCore.decide(state, message);
        const [ending] = state.recordings.ending.values();
        last ??= ending;
        if (message.type === 'logOff' && last) state.recordings.ending.set(last.file, last);
        return outcome;
      },
    },
  });
  world.run(1_000);
  expect(() => world.close()).toThrow('SYS-133 1 recordings are left over');
});
