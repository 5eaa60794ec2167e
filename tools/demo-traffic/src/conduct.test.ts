import { expect, test } from 'vitest';
import { type Act, beginConduct, type Heard, stepConduct } from './conduct.ts';
import type { CallPlan } from './plan.ts';

const plan: CallPlan = {
  number: '702',
  menuDigits: ['7', '1'],
  patienceSeconds: 60,
  talkSeconds: 30,
  takesCallback: false,
  code: '4711',
  concern: 'Hello',
};

/** What is heard from second to second: a name is a recording, '' is silence or a voice. */
type Score = (second: number) => string;

/** Lives through a call that is answered after one second, in steps of 200 ms; what he did, and at which second. */
const live = (score: Score, seconds: number, planned: Partial<CallPlan> = {}) => {
  const own = { ...plan, ...planned };
  let conduct = beginConduct(own, 0);
  let heard = null as Heard | null;
  const done: [second: number, act: Act][] = [];
  for (let now = 200; now <= seconds * 1_000; now += 200) {
    const name = now > 1_000 ? score(now / 1_000) : '';
    if (name !== '') heard = { name, begunAt: heard?.name === name ? heard.begunAt : now, lastAt: now };
    const step = stepConduct(conduct, own, { now, up: now > 1_000, heard });
    conduct = step.conduct;
    if (!step.act) continue;
    done.push([Math.floor(now / 1_000), step.act]);
    if (step.act.type === 'hangUp') break;
  }
  return done;
};

const music: Score = () => 'music-default';

test('DEM-03 he waits as long as he hears music, and gives up when his patience ends', () => {
  expect(live(music, 300)).toEqual([[61, { type: 'hangUp', because: 'patience' }]]);
});

test('DEM-03 when no recording is heard somebody is there: he says what he wants, talks, says good bye and hangs up', () => {
  const acts = live(second => (second < 20 ? 'music-default' : ''), 120);
  expect(acts[0]).toEqual([21, { type: 'say', what: 'concern' }]);
  expect(acts.filter(([, act]) => act.type === 'say' && act.what === 'something')).toHaveLength(3);
  expect(acts.slice(-2)).toEqual([
    [51, { type: 'say', what: 'goodBye' }],
    [54, { type: 'hangUp', because: 'goodBye' }],
  ]);
});

test('DEM-03 who has no end of his own talks until the other hangs up', () => {
  const acts = live(() => '', 600, { talkSeconds: null });
  expect(acts.some(([, act]) => act.type === 'hangUp')).toBe(false);
  expect(acts.length).toBeGreaterThan(50);
});

test('DEM-03 held with music he waits for the other, and has patience again', () => {
  const held: Score = second => (second < 10 || second >= 50 ? '' : 'music-default');
  const acts = live(held, 80);
  expect(acts.some(([second]) => second > 11 && second < 51)).toBe(false);
  expect(acts.find(([second]) => second >= 51)?.[1]).toEqual({ type: 'say', what: 'goodBye' });
  const forgotten = live(second => (second < 10 ? '' : 'music-default'), 300);
  expect(forgotten.at(-1)).toEqual([70, { type: 'hangUp', because: 'patience' }]);
});

test('DEM-04 the menu is answered when it has asked, and again when it did not understand', () => {
  const score: Score = second =>
    second < 5
      ? 'menu-main'
      : second < 8
        ? ''
        : second < 10
          ? 'invalid-choice'
          : second < 14
            ? ''
            : 'music-default';
  expect(live(score, 20)).toEqual([
    [5, { type: 'press', digits: '7' }],
    [10, { type: 'press', digits: '1' }],
  ]);
});

test('DEM-04 the code is entered where he is asked to identify himself, in the middle of a call', () => {
  const score: Score = second => (second < 10 ? '' : second < 13 ? 'enter-pin' : '');
  const acts = live(score, 18, { menuDigits: [] });
  expect(acts.filter(([, act]) => act.type === 'press')).toEqual([[13, { type: 'press', digits: '4711' }]]);
});

test('DEM-05 the offer to be called back is taken by who wants it, once', () => {
  const score: Score = second => (second > 10 && second < 15 ? 'callback-offer' : 'music-default');
  expect(live(score, 40, { takesCallback: true })).toEqual([[13, { type: 'press', digits: '1' }]]);
  expect(live(score, 40)).toEqual([]);
});

test('DEM-03 a number that nobody answers is let go after a minute', () => {
  let conduct = beginConduct(plan, 0);
  for (let now = 0; now <= 60_000; now += 1_000) {
    const step = stepConduct(conduct, plan, { now, up: false, heard: null });
    expect(step.act).toBeNull();
    conduct = step.conduct;
  }
  expect(stepConduct(conduct, plan, { now: 60_200, up: false, heard: null }).act).toEqual({
    type: 'hangUp',
    because: 'noAnswer',
  });
});
