import { CallRecordingState } from '@cordboard/contract';
import { expect, test } from 'vitest';
import { callDetails } from '../record/call-detail.ts';
import type { SiteOptions } from '../testing/configuration.ts';
import { createDriver, type Driver, type Talk } from '../testing/driver.ts';

const { Stopped, Paused, Recording } = CallRecordingState;

const recordingSite = (options: SiteOptions = {}): Driver =>
  createDriver({ agent: () => ({ privileges: ['makeCalls', 'record'] }), ...options });

const start = (site: Driver, allCalls = false, agentId = 1) =>
  site.request(agentId, { method: 'startRecording', arguments: { agentId: 0, allCalls } });
const stop = (site: Driver, agentId = 1) =>
  site.request(agentId, { method: 'stopRecording', arguments: { agentId: 0 } });

const recordingCommands = (site: Driver) =>
  site.commands.filter(each => each.type.endsWith('Recording')).map(each => each.type);

/** The call manager does what it was told last. */
function started(site: Driver): string {
  const command = site.commands.findLast(each => each.type === 'startRecording');
  if (command?.type !== 'startRecording') throw new Error('no recording was started');
  site.report({ type: 'recordingStarted', leg: command.leg, file: command.file });
  return command.file;
}

const shown = (site: Driver, { id }: Talk) => site.call(1, id).RecordingState;
const accepted = { ok: true, value: true };
const refused = (reason: string) => ({ ok: false, refusal: { reason } });
const fileOf = (site: Driver) => site.commands.flatMap(each => ('file' in each ? [each.file] : []));

test('REC-01 the call that the agent speaks on is recorded on his leg, and shown so when the call manager says so', () => {
  const site = recordingSite();
  const talk = site.talk(1);
  expect(start(site)).toEqual(accepted);
  expect(site.commands.at(-1)).toMatchObject({ type: 'startRecording', leg: talk.leg });
  expect(shown(site, talk)).toBe(Stopped);
  started(site);
  expect(shown(site, talk)).toBe(Recording);
});

test('REC-02 asked for without a call, the next one is recorded, and only that', () => {
  const site = recordingSite({ group: () => ({ clericalSeconds: 0 }) });
  site.logOn(1);
  expect(start(site)).toEqual(accepted);
  const first = site.talk(1);
  expect(recordingCommands(site)).toEqual(['startRecording']);
  site.cleared(first.caller);
  site.talk(1);
  expect(recordingCommands(site)).toEqual(['startRecording']);
});

test('REC-03 with AllCalls each call is recorded until StopRecording, each in a file of its own', () => {
  const site = recordingSite({ group: () => ({ clericalSeconds: 0 }) });
  const first = site.talk(1);
  start(site, true);
  started(site);
  site.cleared(first.caller);
  const second = site.talk(1);
  started(site);
  expect(shown(site, second)).toBe(Recording);
  expect(stop(site)).toEqual(accepted);
  expect(shown(site, second)).toBe(Stopped);
  site.cleared(second.caller);
  site.talk(1);
  expect(recordingCommands(site)).toEqual(['startRecording', 'startRecording', 'stopRecording']);
  expect(new Set(fileOf(site)).size).toBe(2);
});

test('REC-04 asking for the current call does not take back the recording of all', () => {
  const site = recordingSite({ group: () => ({ clericalSeconds: 0 }) });
  site.logOn(1);
  start(site, true);
  start(site, false);
  site.cleared(site.talk(1).caller);
  site.talk(1);
  expect(recordingCommands(site)).toEqual(['startRecording', 'startRecording']);
});

test('REC-05 on hold, on either side, a recording is paused; it goes on with the talk', () => {
  const site = recordingSite();
  const talk = site.talk(1);
  start(site);
  started(site);
  site.request(1, { method: 'holdActiveCall', arguments: {} });
  expect(shown(site, talk)).toBe(Paused);
  expect(site.commands.at(-1)).toEqual({ type: 'pauseRecording', leg: talk.leg, on: true });
  site.request(1, { method: 'retrieveCall', arguments: { callId: talk.id } });
  expect(shown(site, talk)).toBe(Recording);
  expect(site.commands.at(-1)).toEqual({ type: 'pauseRecording', leg: talk.leg, on: false });
});

test('REC-06 a recording ends with its leg, without a command, and with the length that is reported afterwards', () => {
  const site = recordingSite();
  const talk = site.talk(1);
  start(site);
  const file = started(site);
  site.cleared(talk.leg);
  expect(shown(site, talk)).toBe(Stopped);
  site.report({ type: 'recordingStopped', leg: talk.leg, file, milliseconds: 4200 });
  expect(recordingCommands(site)).toEqual(['startRecording']);
  expect(site.steps.at(-1)?.events[0]).toMatchObject({
    type: 'recordingEnded',
    file,
    milliseconds: 4200,
    unexpected: false,
  });
  expect(site.state.recordings.ending.size).toBe(0);
});

test('REC-07 StopRecording without a recording, and without one to come, is refused', () => {
  const site = recordingSite();
  site.talk(1);
  expect(stop(site)).toEqual(refused('notRecording'));
  start(site, true);
  expect(stop(site)).toEqual(accepted);
  expect(stop(site)).toEqual(refused('notRecording'));
});

test('REC-07 Stopped is shown once, and not again when the file is complete', () => {
  const site = recordingSite();
  const talk = site.talk(1);
  start(site);
  const file = started(site);
  stop(site);
  expect(shown(site, talk)).toBe(Stopped);
  const told = site.calls(1).length;
  site.report({ type: 'recordingStopped', leg: talk.leg, file, milliseconds: 900 });
  expect(site.calls(1)).toHaveLength(told);
});

test('REC-08 a file that cannot be made shows Stopped, tells who asked, and is not tried again unasked', () => {
  const site = recordingSite();
  const talk = site.talk(1);
  start(site, true);
  const file = started(site);
  site.report({ type: 'recordingStopped', leg: talk.leg, file, milliseconds: 0 });
  expect(shown(site, talk)).toBe(Stopped);
  const failure = site.published.find(each => each.item.event === 'operationFailed');
  expect(failure?.item.values[1]).toMatchObject({ reason: 'recordingFailed' });
  site.request(1, { method: 'holdActiveCall', arguments: {} });
  site.request(1, { method: 'retrieveCall', arguments: { callId: talk.id } });
  expect(recordingCommands(site)).toEqual(['startRecording']);
  expect(start(site)).toEqual(accepted);
  expect(recordingCommands(site)).toEqual(['startRecording', 'startRecording']);
});

test('REC-09 a leg has one file at a time: the next begins when the call manager has completed the one before', () => {
  const site = recordingSite();
  const { leg } = site.talk(1);
  start(site);
  const file = started(site);
  stop(site);
  start(site);
  expect(recordingCommands(site)).toEqual(['startRecording', 'stopRecording']);
  site.report({ type: 'recordingStopped', leg, file, milliseconds: 900 });
  expect(recordingCommands(site)).toEqual(['startRecording', 'stopRecording', 'startRecording']);
});

test('REC-10 a group that always records does so unasked, and its agents cannot stop it', () => {
  const site = recordingSite({ group: () => ({ record: 'always' }) });
  const talk = site.talk(1);
  started(site);
  expect(shown(site, talk)).toBe(Recording);
  expect(stop(site)).toEqual(refused('recordingDecided'));
  expect(start(site)).toEqual(accepted);
  expect(recordingCommands(site)).toEqual(['startRecording']);
});

test('REC-11 calls of a group that never records are not recorded: not when asked, not with all', () => {
  const site = recordingSite({ group: () => ({ record: 'never' }) });
  site.logOn(1);
  start(site, true);
  site.talk(1);
  expect(recordingCommands(site)).toEqual([]);
  expect(start(site)).toEqual(refused('recordingDecided'));
});

test('REC-12 recording needs its privilege', () => {
  const site = createDriver();
  site.talk(1);
  expect(start(site)).toEqual(refused('missingPrivilege'));
  expect(stop(site)).toEqual(refused('missingPrivilege'));
});

test('REC-13 after a break the call manager is told what it does not do: to record, to pause, to stop', () => {
  const site = recordingSite();
  const { leg, caller } = site.talk(1);
  start(site);
  const legs = (now: object) =>
    [...site.state.legs.values()].map(each => ({
      leg: each.id,
      direction: each.direction,
      state: each.progress,
      media: each.media,
      held: each.held,
      recording: false,
      ...(each.id === leg && now),
    }));
  const attach = (now: object) =>
    site.send({
      type: 'inventory',
      seq: site.state.callManager.seq,
      inventory: {
        instance: 'one',
        legs: legs(now),
        registrations: [{ extension: '1001', address: '10.0.0.1' }],
      },
    }).commands;
  const [file] = fileOf(site);
  expect(attach({})).toEqual([{ type: 'startRecording', leg, file }]);
  started(site);
  site.request(1, { method: 'holdActiveCall', arguments: {} });
  expect(attach({ recording: true })).toEqual([{ type: 'pauseRecording', leg, on: true }]);
  expect(attach({ recording: true, recordingPaused: true })).toEqual([]);
  expect(attach({ recording: false })).toEqual([]);
  expect(site.calls(1).at(-1)?.RecordingState).toBe(Stopped);
  site.request(1, { method: 'stopRecording', arguments: { agentId: 0 } });
  expect(attach({ recording: true })).toEqual([{ type: 'stopRecording', leg }]);
  expect(site.state.legs.has(caller)).toBe(true);
});

test('REC-14 with another call manager the recordings of the earlier one are over, and nothing is kept of them', () => {
  const site = recordingSite();
  site.talk(1);
  start(site, true);
  started(site);
  site.send({ type: 'inventory', seq: 0, inventory: { instance: 'two', legs: [], registrations: [] } });
  const { bySession, ending } = site.state.recordings;
  expect(bySession.size + ending.size).toBe(0);
});

test('REC-15 those who are recorded are told where the group has an announcement', () => {
  const site = recordingSite({ group: () => ({ recordingAnnouncement: 'recorded' }) });
  const { leg, caller } = site.talk(1);
  start(site);
  started(site);
  const told = site.commands.flatMap(each => (each.type === 'announce' ? [each.leg] : []));
  expect(told.sort()).toEqual([caller, leg].sort());
});

test('REC-16 the call detail record has the start of a recording, and its end with its length', () => {
  const site = recordingSite();
  const { leg } = site.talk(1);
  start(site);
  const file = started(site);
  stop(site);
  site.report({ type: 'recordingStopped', leg, file, milliseconds: 1500 });
  const rows = site.steps.flatMap(callDetails).filter(each => each.type.startsWith('recording'));
  expect(rows).toMatchObject([
    { type: 'recordingStarted', agentId: 1, detail: file },
    { type: 'recordingStopped', agentId: 1, detail: file, data: '1500' },
  ]);
});

test('REC-17 a log-off ends what was asked for the calls to come', () => {
  const site = recordingSite();
  site.logOn(1);
  start(site, true);
  site.send({ type: 'logOff', agentId: 1 });
  site.talk(1);
  expect(recordingCommands(site)).toEqual([]);
});

test('REC-18 transferred away, the part of the one who transfers is over; who gets the call has a part of his own', () => {
  const site = recordingSite();
  const talk = site.talk(1);
  start(site, true);
  started(site);
  site.logOn(2);
  start(site, true, 2);
  site.request(1, { method: 'makeCall', arguments: { number: '1002' } });
  site.answered(site.lastLeg());
  const asked = site.calls(2).at(-1)?.ID ?? 0;
  site.answered(site.lastLeg());
  site.request(1, { method: 'transferCall', arguments: { callId: talk.id } });
  expect(shown(site, talk)).toBe(Stopped);
  const running = [...site.state.recordings.bySession.values()];
  expect(running.map(each => [each.agentId, each.sessionId])).toEqual([[2, asked]]);
});

test('REC-19 a recording that runs at the call manager, though nobody heard of its start, is shown', () => {
  const site = recordingSite();
  const talk = site.talk(1);
  start(site);
  site.send({
    type: 'inventory',
    seq: site.state.callManager.seq,
    inventory: {
      instance: 'one',
      legs: [...site.state.legs.values()].map(each => ({
        leg: each.id,
        direction: each.direction,
        state: each.progress,
        media: each.media,
        held: each.held,
        recording: each.id === talk.leg,
      })),
      registrations: [{ extension: '1001', address: '10.0.0.1' }],
    },
  });
  expect(shown(site, talk)).toBe(Recording);
});
