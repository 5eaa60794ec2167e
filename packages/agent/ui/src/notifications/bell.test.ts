import { type ICall, SessionState } from '@cordboard/contract';
import { expect, test } from 'vitest';
import { exampleCall } from '../../../src/testing/examples.ts';
import { usualPreferences } from '../settings/preferences.ts';
import { createBell } from './bell.ts';
import { ringTones } from './ring-tones.ts';

const setUp = (changes: Partial<typeof usualPreferences> = {}) => {
  let calls: ICall[] = [];
  let heard = true;
  const did: string[] = [];
  const bell = createBell({
    calls: () => calls,
    isHeard: () => heard,
    preferences: () => ({ ...usualPreferences, ...changes }),
    player: {
      play: ({ parts, repeat }) =>
        did.push(
          `${repeat ? 'rings' : 'beeps'} ${Object.values(ringTones).findIndex(each => each === parts)}`,
        ),
      stop: () => did.push('stop'),
      close() {},
    },
    notification: { show: call => did.push(`notifies ${call.ID}`), hide: () => did.push('hide') },
    title: { show: call => did.push(`blinks ${call.ID}`), hide: () => did.push('unblink') },
  });
  const now = (...next: ICall[]) => {
    did.length = 0;
    calls = next;
    bell.update();
    return did.filter(each => !['hide', 'unblink'].includes(each));
  };
  const hear = (next: boolean) => {
    heard = next;
    return now(...calls);
  };
  return { now, did, hear };
};

const ringing = exampleCall({ ID: 7, State: SessionState.Offered });
const spoken = exampleCall({ ID: 8, State: SessionState.Connected });

test('WIN-94 it rings as long as a call does, once, and falls silent when somebody has answered', () => {
  const { now, did } = setUp();
  expect(now()).toEqual([]);
  expect(now(ringing)).toEqual(['stop', 'blinks 7', 'rings 0']);
  expect(now({ ...ringing, CanReject: false })).toEqual([]);
  expect(now({ ...ringing, State: SessionState.Connected })).toEqual(['stop']);
  expect(did).toContain('hide');
  expect(did).toContain('unblink');
  expect(now()).toEqual([]);
});

test('WIN-94 the next that rings rings anew', () => {
  const { now } = setUp();
  now(ringing);
  expect(now({ ...ringing, ID: 9 })).toEqual(['stop', 'blinks 9', 'rings 0']);
});

test('WIN-95 while the agent talks a call beeps once, or is silent, and rings when the talk is over', () => {
  const { now } = setUp();
  expect(now(spoken, ringing)).toEqual(['stop', 'blinks 7', 'beeps -1']);
  expect(now(ringing)).toEqual(['stop', 'blinks 7', 'rings 0']);
  expect(setUp({ whileTalking: 'silent' }).now(spoken, ringing)).toEqual(['stop', 'blinks 7']);
});

test('WIN-94 what the agent does not want is left out', () => {
  expect(setUp({ notifications: true, blink: false, ringTone: 'soft' }).now(ringing)).toEqual([
    'stop',
    'rings 1',
    'notifies 7',
  ]);
});

test('WIN-200 a window that is not heard shows who rings, and rings as soon as it is heard', () => {
  const { now, hear } = setUp({ notifications: true });
  hear(false);
  expect(now(ringing)).toEqual(['stop', 'blinks 7']);
  expect(hear(true)).toEqual(['stop', 'blinks 7', 'rings 0', 'notifies 7']);
  expect(hear(false)).toEqual(['stop', 'blinks 7']);
});
