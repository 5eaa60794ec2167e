import type { Random } from './random.ts';

/** What a customer means to do in one call. */
export interface CallPlan {
  number: string;
  /** pressed when the menu has asked, in order: one who presses something else first is asked again */
  menuDigits: readonly string[];
  /** that he hears music for before he gives up */
  patienceSeconds: number;
  /** that he talks with somebody before he says good bye; null: until the other hangs up */
  talkSeconds: number | null;
  /** takes the offer to be called back instead of waiting */
  takesCallback: boolean;
  /** entered where he is asked to identify himself */
  code: string;
  /** what he calls about, as he says it */
  concern: string;
}

const sales: readonly [string, ...string[]] = [
  'I would like to order ten of your desk lamps. Do you have them in green?',
  'I have got your offer, and I would like to talk about the price.',
  'Do you deliver to the islands, and how long does it take?',
  'I saw your advertisement, and I want to know more about the annual plan.',
];
const support: readonly [string, ...string[]] = [
  'My display stays dark since this morning. I have tried another cable already.',
  'I cannot log on any more. It says that my account is locked.',
  'The invoice of last month has the wrong address on it.',
  'The new version is very slow on my computer. Can you help me?',
];

const code = (random: Random): string => `${1000 + Math.floor(random.fraction() * 9000)}`;

/** Draws what the next caller does: half call Sales, a third Support, the others the menu. */
export const planCall = (random: Random): CallPlan => {
  const number = random.oneOf(['700', '700', '700', '701', '701', '702']);
  const wantsSupport = number === '701' || (number === '702' && random.chance(0.5));
  const choice = wantsSupport ? '2' : '1';
  return {
    number,
    menuDigits: number !== '702' ? [] : random.chance(0.2) ? ['7', choice] : [choice],
    patienceSeconds: random.between(75, 240),
    talkSeconds: random.chance(0.25) ? null : random.between(20, 90),
    takesCallback: wantsSupport && random.chance(0.5),
    code: code(random),
    concern: random.oneOf(wantsSupport ? support : sales),
  };
};

/** Draws what somebody does who is called, by an agent or because he wanted to be called back. */
export const planAnswer = (random: Random): CallPlan => ({
  number: '',
  menuDigits: [],
  patienceSeconds: random.between(75, 240),
  talkSeconds: random.chance(0.25) ? null : random.between(20, 60),
  takesCallback: false,
  code: code(random),
  concern: 'Thank you for calling me. I wanted to ask when my order will arrive.',
});
