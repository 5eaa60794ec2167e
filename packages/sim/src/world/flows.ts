import type { ServiceGroup, SiteConfiguration } from '@cordboard/core';
import { collectStep } from '@cordboard/core/testing';
import type { Randomness } from '../random/randomness.ts';

type Flow = NonNullable<SiteConfiguration['flows']>[number];
/** Menus, a closed door, and a secret: callers get into each of them, some by way of another. */
export const flowsFor = (random: Randomness, groups: readonly number[]): Flow[] => [
  {
    name: 'menu',
    numbers: ['8501'],
    steps: [
      { type: 'play', label: '', next: '', sounds: ['welcome'] },
      collectStep({
        label: 'choice',
        menu: { 1: 'sales', 2: 'account', 7: 'outside', 9: 'back' },
        otherwise: 'sales',
      }),
      collectStep({
        label: 'account',
        field: 'Account',
        minimumDigits: 2,
        maximumDigits: 4,
        otherwise: 'sales',
      }),
      { type: 'setData', label: 'sales', next: '', field: 'Menu', value: 'sales' },
      { type: 'branch', label: '', hours: 'with a break', open: 'queue', closed: 'back' },
      { type: 'queue', label: 'queue', group: random.pick(groups) },
      { type: 'deflect', label: 'outside', number: '0891234567' },
      {
        type: 'offerCallback',
        label: 'back',
        next: '',
        group: random.pick(groups),
        prompt: ['callback'],
        digit: '1',
        seconds: 4,
        accepted: ['thanks'],
      },
      { type: 'hangUp', label: 'end' },
    ],
  },
  {
    name: 'closed',
    numbers: [],
    steps: [
      { type: 'play', label: '', next: '', sounds: ['closed'] },
      { type: 'hangUp', label: '' },
    ],
  },
  {
    name: 'round and round',
    numbers: ['8502'],
    steps: [
      { type: 'play', label: '', next: '', sounds: ['welcome'] },
      { type: 'branch', label: 'again', hours: 'with a break', open: 'again', closed: 'again' },
    ],
  },
  {
    name: 'authentication',
    numbers: [],
    steps: [collectStep({ field: 'Pin', secret: true, maximumDigits: 4, attempts: 3 })],
  },
];

/** Each group treats those who wait in its own way. */
export const waitingAt = (
  random: Randomness,
  id: number,
  groups: number,
): NonNullable<ServiceGroup['waiting']> => ({
  announceSeconds: random.pick([0, 8, 20]),
  announcePosition: random.chance(0.5),
  announceWaitingTime: random.chance(0.5),
  overflow: random.chance(0.6)
    ? {
        seconds: random.pick([0, 15, 45]),
        waitingCalls: random.pick([0, 3]),
        group: random.chance(0.6) ? (id % groups) + 1 : 0,
        number: random.chance(0.3) ? '0897654321' : '',
        agentGroups: [((id + 1) % groups) + 1],
      }
    : null,
  callback: random.chance(0.6)
    ? {
        digit: '1',
        prompt: ['press-one'],
        accepted: ['thanks'],
        attempts: 2,
        retrySeconds: random.pick([10, 60]),
        expiryMinutes: random.pick([2, 30]),
      }
    : null,
});
