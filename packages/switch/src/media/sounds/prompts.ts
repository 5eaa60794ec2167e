import { addNote, toLinear } from './note.ts';

/** What a caller in a flow or in a queue may be told: text by the name of its sound file. */
export const prompts: Readonly<Record<string, string>> = {
  'menu-main': 'Press one for sales. Press two for support.',
  'invalid-choice': 'Sorry, that was not understood.',
  goodbye: 'Thank you for calling. Good bye.',
  'closed-support': 'Support is closed now. Please call again later.',
  'enter-customer-number': 'Please enter your customer number, and finish with the hash key.',
  'enter-pin': 'Please enter your four digit code.',
  'thank-you': 'Thank you. We connect you again.',
  'callback-offer': 'Press one if you want us to call you back when it is your turn.',
  'callback-accepted': 'We keep your place, and call you back. Good bye.',
  'you-are-number': 'You are number',
  'waiting-time-about': 'The waiting time is about',
  'waiting-time-below-one-minute': 'The waiting time is less than one minute.',
  minute: 'minute.',
  minutes: 'minutes.',
};

const words = [
  ...[
    'zero',
    'one',
    'two',
    'three',
    'four',
    'five',
    'six',
    'seven',
    'eight',
    'nine',
    'ten',
    'eleven',
    'twelve',
  ],
  ...['thirteen', 'fourteen', 'fifteen', 'sixteen', 'seventeen', 'eighteen', 'nineteen', 'twenty'],
];
const tens = ['thirty', 'forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety'];

/** `number-0` to `number-20`, the tens, and `number-hundred`: enough for every number up to 999. */
export const spokenNumbers: Readonly<Record<string, string>> = Object.fromEntries([
  ...words.map((word, value) => [`number-${value}`, word]),
  ...tens.map((word, index) => [`number-${(index + 3) * 10}`, word]),
  ['number-hundred', 'hundred'],
]);

/** Where nothing can speak: as many short notes as the number is, at most ten, and one long one for none. */
export function synthesizeCount(name: string): Int16Array {
  const value = Math.min(10, Number(/\d+/.exec(name)?.[0] ?? 0));
  const sound = new Float32Array(8000 * (0.4 + Math.max(1, value) * 0.3));
  for (let index = 0; index < Math.max(1, value); index++) {
    addNote(sound, { key: 76, at: 0.05 + index * 0.3, lasts: value === 0 ? 0.6 : 0.25, level: 1 });
  }
  return toLinear(sound, 12_000);
}
