import type { CollectStep, Flow } from '../flow/flow.ts';

/** Asks for one digit that must be a choice; what is not named is something plain. */
export const collectStep = (change: Partial<CollectStep> = {}): CollectStep => ({
  type: 'collect',
  label: '',
  next: '',
  prompt: ['prompt'],
  minimumDigits: 1,
  maximumDigits: 1,
  firstDigitSeconds: 5,
  nextDigitSeconds: 3,
  terminator: '#',
  attempts: 2,
  invalid: ['invalid'],
  field: '',
  secret: false,
  menu: {},
  otherwise: '',
  ...change,
});

/** 702: 1 leads to group 1, 2 to group 2, 3 to agent 1, 4 to a call-back by group 1. */
export const menuFlow: Flow = {
  name: 'menu',
  numbers: ['702'],
  steps: [
    { type: 'play', label: '', next: '', sounds: ['welcome'] },
    collectStep({ label: 'choice', menu: { 1: 'first', 2: 'second', 3: 'person', 4: 'later' } }),
    { type: 'queue', label: 'first', group: 1 },
    { type: 'queue', label: 'second', group: 2 },
    { type: 'deflect', label: 'person', number: '1001' },
    {
      type: 'offerCallback',
      label: 'later',
      next: 'choice',
      group: 1,
      prompt: ['offer'],
      digit: '1',
      seconds: 4,
      accepted: ['accepted'],
    },
  ],
};

/** A secret number of three or four digits. */
export const pinFlow: Flow = {
  name: 'pin',
  numbers: [],
  steps: [
    collectStep({
      label: 'pin',
      prompt: ['enter-pin'],
      minimumDigits: 3,
      maximumDigits: 4,
      field: 'AuthDigits',
      secret: true,
    }),
    { type: 'setData', label: '', next: '', field: 'AuthBy', value: 'pin' },
  ],
};

export const closedFlow: Flow = {
  name: 'closed',
  numbers: [],
  steps: [{ type: 'play', label: '', next: '', sounds: ['closed'] }],
};
