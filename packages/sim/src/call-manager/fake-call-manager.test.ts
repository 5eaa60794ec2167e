import type { CallManagerCommand, CallManagerInventory } from '@cordboard/core';
import { expect, test } from 'vitest';
import { createVirtualClock } from '../clock/virtual-clock.ts';
import { createFakeCallManager } from './fake-call-manager.ts';
import type { LegMedia, PhoneReaction } from './leg.ts';
import type { NumberedReport } from './report-log.ts';

const arrival = {
  extension: '',
  callerNumber: '0891234',
  callerName: '',
  calledNumber: '8000',
  remoteAddress: '192.0.2.1',
};
const silence: LegMedia = { type: 'play', sounds: [{ type: 'silence' }] };
const greeting = { type: 'file', name: 'greeting' } as const;

const originate = (
  leg: string,
  answering: 'phone' | 'talk' | 'autoAnswer' | 'immediately' = 'phone',
): CallManagerCommand => ({
  type: 'originate',
  leg,
  to: { extension: '1001' },
  callerNumber: '0891234',
  callerName: '',
  answering,
  ringSeconds: 20,
  media: silence,
});

const scene = (reaction: PhoneReaction = { type: 'ring', afterMilliseconds: 10 }) => {
  const clock = createVirtualClock(0);
  const reports: NumberedReport[] = [];
  const inventories: CallManagerInventory[] = [];
  const refused: string[] = [];
  const heard: string[] = [];
  let lost = 0;
  const callManager = createFakeCallManager({
    clock,
    latency: () => 1,
    picksUp: () => true,
    farEnds: {
      called: () => reaction,
      ringing() {},
      answered() {},
      hears: (leg, media) => void heard.push(`${leg} ${media.type}`),
      announced: (leg, sound) => void heard.push(`${leg} ${sound}`),
      transferAnswered: (leg, done) => void heard.push(`${leg} transfer ${done}`),
      cleared() {},
    },
  });
  const attach = (epoch: number, seq = 0) =>
    callManager.attach({
      epoch,
      after: { instance: callManager.instance, seq },
      listener: {
        attached(missed, inventory) {
          reports.push(...missed);
          inventories.push(inventory);
        },
        report: each => void reports.push(each),
        refused: (command, reason) => void refused.push(`${command.type} ${reason}`),
        lost: () => {
          lost += 1;
        },
      },
    });
  callManager.phones.register('1001', '192.0.2.7');
  const link = attach(1);
  clock.advance(10);
  const types = () => reports.map(each => each.report.type);
  return { clock, callManager, attach, link, reports, types, inventories, refused, heard, lost: () => lost };
};

test('an outgoing leg dials, rings and is answered by hand', () => {
  const { clock, callManager, link, types } = scene();
  link.execute('1', originate('a'));
  clock.advance(100);
  expect(callManager.legs()[0]?.state).toBe('alerting');
  callManager.phones.lift('a');
  clock.advance(10);
  expect(callManager.legs()[0]?.state).toBe('up');
  expect(types()).toEqual(['registered', 'alerting', 'answered']);
});

test('a command that is sent again acts once', () => {
  const { clock, link, types, refused } = scene();
  link.execute('1', originate('a'));
  link.execute('1', originate('a'));
  clock.advance(100);
  link.execute('2', { type: 'clear', leg: 'a', cause: 'normal' });
  link.execute('2', { type: 'clear', leg: 'a', cause: 'normal' });
  clock.advance(100);
  expect(types()).toEqual(['registered', 'alerting', 'cleared']);
  expect(refused).toEqual([]);
});

test('a phone that rings too long is cleared with no answer', () => {
  const { clock, link, reports } = scene();
  link.execute('1', originate('a'));
  clock.advance(25_000);
  expect(reports.at(-1)?.report).toEqual({ type: 'cleared', leg: 'a', cause: 'noAnswer', byRemote: false });
});

test('an extension without a phone is unreachable, and that is reported', () => {
  const { clock, callManager, link, reports, refused } = scene();
  callManager.phones.unregister('1001');
  link.execute('1', originate('a'));
  clock.advance(10);
  expect(reports.at(-1)?.report).toEqual({
    type: 'cleared',
    leg: 'a',
    cause: 'unreachable',
    byRemote: false,
  });
  expect(refused).toEqual(['originate notRegistered']);
});

test('pick-up makes a talking phone answer, and is refused for one that is answered by hand', () => {
  const { clock, callManager, link, refused } = scene();
  link.execute('1', originate('talks', 'talk'));
  link.execute('2', originate('by hand'));
  clock.advance(100);
  link.execute('3', { type: 'pickUp', leg: 'talks' });
  link.execute('4', { type: 'pickUp', leg: 'by hand' });
  clock.advance(100);
  expect(callManager.legs().map(each => each.state)).toEqual(['up', 'alerting']);
  expect(refused).toEqual(['pickUp wrongState']);
});

test('a phone with auto-answer is not rung before pick-up', () => {
  const { clock, callManager, link, types } = scene();
  link.execute('1', originate('a', 'autoAnswer'));
  clock.advance(1_000);
  expect(callManager.legs()[0]?.state).toBe('dialing');
  link.execute('2', { type: 'pickUp', leg: 'a' });
  clock.advance(1_000);
  expect(types().slice(1)).toEqual(['alerting', 'answered']);
});

test('connecting names both legs; an earlier partner falls silent', () => {
  const { clock, callManager, link } = scene();
  const caller = callManager.phones.call(arrival);
  for (const [index, leg] of ['a', 'b'].entries()) {
    link.execute(`${index}`, originate(leg, 'immediately'));
  }
  clock.advance(100);
  link.execute('x', { type: 'answer', leg: caller, media: { type: 'connected', with: 'a' } });
  link.execute('y', { type: 'setMedia', leg: 'b', media: { type: 'connected', with: caller } });
  clock.advance(100);
  const media = Object.fromEntries(callManager.legs().map(each => [each.leg, each.media]));
  expect(media).toEqual({
    a: silence,
    b: { type: 'connected', with: caller },
    [caller]: { type: 'connected', with: 'b' },
  });
});

test('after a broken link the missed reports come first, then what exists', () => {
  const { clock, callManager, attach, reports, inventories, lost } = scene();
  callManager.breakLink();
  const leg = callManager.phones.call(arrival);
  callManager.phones.call(arrival);
  callManager.phones.hangUp(leg);
  clock.advance(10);
  expect(lost()).toBe(1);
  attach(2, 1);
  clock.advance(10);
  expect(reports.map(each => each.seq)).toEqual([1, 2, 3, 4]);
  expect(inventories.at(-1)?.legs.map(each => each.leg)).toEqual(['in-2']);
});

test('acknowledged reports are not kept', () => {
  const { clock, callManager, link } = scene();
  callManager.phones.call(arrival);
  link.acknowledge({ instance: callManager.instance, seq: 1 });
  clock.advance(10);
  expect(callManager.keptReports).toBe(1);
});

test('an older epoch than the newest is thrown out', () => {
  const { clock, attach, link, callManager, lost } = scene();
  attach(5);
  attach(4);
  link.execute('late', originate('a'));
  clock.advance(100);
  expect(lost()).toBe(2);
  expect(callManager.legs()).toEqual([]);
});

test('another run of the call manager has another name, no legs, and numbers its reports from one', () => {
  const { clock, callManager, attach, reports, inventories } = scene();
  callManager.phones.call(arrival);
  const before = callManager.instance;
  callManager.restart();
  callManager.phones.register('1001', '192.0.2.7');
  attach(2, 2);
  clock.advance(10);
  expect(callManager.instance).not.toBe(before);
  expect(inventories.at(-1)).toEqual({
    instance: callManager.instance,
    legs: [],
    registrations: [{ extension: '1001', address: '192.0.2.7' }],
  });
  expect(reports.at(-1)?.seq).toBe(1);
});

test("pick-up that crosses the caller's hang-up leaves the phone answered and the caller gone", () => {
  const { clock, callManager, link, types } = scene();
  const caller = callManager.phones.call(arrival);
  link.execute('1', originate('a', 'talk'));
  clock.advance(100);
  link.execute('2', { type: 'pickUp', leg: 'a' });
  callManager.phones.hangUp(caller);
  clock.advance(100);
  expect(types().slice(-2)).toEqual(['cleared', 'answered']);
  expect(callManager.legs().map(each => [each.leg, each.state])).toEqual([['a', 'up']]);
});

test('a recording is reported with its length, complete when its leg is gone', () => {
  const { clock, callManager, link, reports } = scene();
  link.execute('1', originate('a', 'immediately'));
  clock.advance(100);
  link.execute('2', { type: 'startRecording', leg: 'a', file: 'r1' });
  clock.advance(1_001);
  callManager.phones.hangUp('a');
  clock.advance(10);
  expect(reports.slice(-2).map(each => each.report)).toEqual([
    { type: 'cleared', leg: 'a', cause: 'normal', byRemote: true },
    { type: 'recordingStopped', leg: 'a', file: 'r1', milliseconds: 1_000 },
  ]);
});

test('early media is heard before the answer, and its far end says that it sends some', () => {
  const { clock, callManager, link, types, heard, refused } = scene({
    type: 'ring',
    afterMilliseconds: 10,
    earlyMediaAfter: 20,
  });
  const caller = callManager.phones.call(arrival);
  link.execute('1', originate('a'));
  link.execute('2', { type: 'progress', leg: caller, media: { type: 'play', sounds: [greeting] } });
  clock.advance(5_000);
  expect(types().slice(2)).toEqual(['alerting', 'earlyMedia', 'playEnded']);
  expect(heard).toEqual([`${caller} play`]);
  link.execute('3', { type: 'answer', leg: caller, media: silence });
  link.execute('4', { type: 'progress', leg: caller, media: silence });
  clock.advance(10);
  expect(refused).toEqual(['progress wrongState']);
});

test('an announcement is heard once by its person, and changes no media', () => {
  const { clock, callManager, link, heard } = scene();
  link.execute('1', originate('a', 'immediately'));
  clock.advance(100);
  link.execute('2', { type: 'announce', leg: 'a', sound: 'position-1' });
  clock.advance(10);
  expect(heard.at(-1)).toBe('a position-1');
  expect(callManager.legs()[0]?.media).toEqual(silence);
});

test('what is said while a recording is paused does not count, and the pause is known to who comes back', () => {
  const { clock, callManager, link, reports, attach, inventories } = scene();
  link.execute('1', originate('a', 'immediately'));
  clock.advance(100);
  link.execute('2', { type: 'startRecording', leg: 'a', file: 'r1' });
  clock.advance(1_001);
  link.execute('3', { type: 'pauseRecording', leg: 'a', on: true });
  clock.advance(10);
  const later = attach(2);
  clock.advance(5_000);
  expect(inventories.at(-1)?.legs[0]).toMatchObject({ recording: true, recordingPaused: true });
  later.execute('4', { type: 'pauseRecording', leg: 'a', on: false });
  callManager.phones.hangUp('a');
  clock.advance(10);
  const stopped = reports.find(each => each.report.type === 'recordingStopped');
  expect(stopped?.report).toMatchObject({ milliseconds: 1_001 });
});

test('a transfer that a phone asked for is answered once', () => {
  const { clock, callManager, link, reports, heard, refused } = scene();
  link.execute('1', originate('a', 'immediately'));
  clock.advance(100);
  callManager.phones.transfer('a', { number: '1002' });
  callManager.phones.transfer('a', { number: '1003' });
  clock.advance(10);
  expect(reports.at(-1)?.report).toEqual({ type: 'transferRequested', leg: 'a', to: { number: '1002' } });
  link.execute('2', { type: 'answerTransfer', leg: 'a', done: true });
  link.execute('3', { type: 'answerTransfer', leg: 'a', done: true });
  clock.advance(10);
  expect(heard.at(-1)).toBe('a transfer true');
  expect(refused).toEqual(['answerTransfer wrongState']);
});

test('who listens to a leg hears nothing when that is gone', () => {
  const { clock, callManager, link } = scene();
  for (const leg of ['a', 'b']) link.execute(leg, originate(leg, 'immediately'));
  clock.advance(100);
  link.execute('1', { type: 'setMedia', leg: 'b', media: { type: 'monitor', of: 'a', whisper: false } });
  callManager.phones.hangUp('a');
  clock.advance(10);
  expect(callManager.legs().map(each => each.media)).toEqual([silence]);
});
