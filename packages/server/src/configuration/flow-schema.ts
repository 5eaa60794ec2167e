import { weekdays } from '@cordboard/core';
import Type, { type Static } from 'typebox';
import { DialNumber, Id, List, Name, OneOf, Seconds, Section, Sounds } from './schema-parts.ts';

/** What callers are led by: flows, opening hours, what happens while they wait. A step has exactly one kind. */

const Label = (description: string) =>
  Type.String({ default: '', pattern: '^[A-Za-z0-9_-]{0,64}$', description });
const Next = () => Label("label of the step after it; '' = the one below");
const Digit = (description: string) => Type.String({ pattern: '^[0-9*#]$', description });
const Field = (description: string) => Type.String({ default: '', maxLength: 256, description });

const FlowStep = Section(
  {
    label: Label('what other steps name it by'),
    play: Type.Optional(
      Section({ sounds: Sounds('played one after another'), next: Next() }, 'plays sounds'),
    ),
    collect: Type.Optional(
      Section(
        {
          prompt: Sounds('asks for the digits; a digit breaks it off'),
          minimumDigits: Type.Integer({
            minimum: 1,
            maximum: 32,
            default: 1,
            description: 'fewer are wrong',
          }),
          maximumDigits: Type.Integer({
            minimum: 1,
            maximum: 32,
            default: 1,
            description: 'more are not taken',
          }),
          firstDigitSeconds: Seconds('patience after the prompt', 8, 60, 1),
          nextDigitSeconds: Seconds('patience between digits', 4, 60, 1),
          terminator: Type.String({
            default: '#',
            pattern: '^[0-9*#]?$',
            description: "digit that ends the input; '' = none",
          }),
          attempts: Type.Integer({ minimum: 1, maximum: 10, default: 3, description: 'how often it asks' }),
          invalid: Sounds('played before it asks again'),
          field: Field("IVR label that gets the digits; '' = none"),
          secret: Type.Boolean({ default: false, description: 'the digits stand in no call detail record' }),
          menu: Type.Record(
            Type.String({ pattern: '^[0-9*#]{1,32}$' }),
            Type.String({ pattern: '^[A-Za-z0-9_-]{1,64}$' }),
            { default: {}, maxProperties: 100, description: 'label of the step for each input' },
          ),
          otherwise: Label("label of the step after the last attempt; '' = the flow ends"),
          next: Next(),
        },
        'asks for digits',
      ),
    ),
    branch: Type.Optional(
      Section(
        { hours: Name('name of opening hours'), open: Next(), closed: Next() },
        'goes one way when it is open, the other when it is closed',
      ),
    ),
    setData: Type.Optional(
      Section(
        {
          field: Type.String({ minLength: 1, maxLength: 256, description: 'IVR label' }),
          value: Type.String({ maxLength: 16_384, description: 'what it gets' }),
          next: Next(),
        },
        "sets a field of the call's IVR data",
      ),
    ),
    queue: Type.Optional(Section({ group: Id('service group id') }, 'the caller waits in a service group')),
    deflect: Type.Optional(Section({ number: DialNumber('where to') }, 'the call goes to a number')),
    offerCallback: Type.Optional(
      Section(
        {
          group: Id('service group id'),
          digit: Digit('who presses it is called back'),
          prompt: Sounds('says so'),
          seconds: Seconds('patience after the prompt', 5, 60, 1),
          accepted: Sounds('played before the caller is let go'),
          next: Next(),
        },
        'offers a call-back',
      ),
    ),
    hangUp: Type.Optional(Section({}, 'ends the call')),
  },
  'A step, of one kind',
);

export const Flow = Section(
  {
    name: Name('what others name it by'),
    numbers: List(DialNumber('a number'), 'numbers that callers dial', 1_000),
    steps: Type.Array(FlowStep, { minItems: 1, maxItems: 200, description: 'one after another' }),
  },
  'A way that callers are led',
);

const Clock = (description: string) =>
  Type.String({ pattern: '^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$', description });

export const OpeningHours = Section(
  {
    name: Name('what others name it by'),
    timeZone: Type.String({
      minLength: 1,
      maxLength: 100,
      description: 'of the IANA database, like Europe/Stockholm',
    }),
    weekly: List(
      Section(
        {
          days: Type.Array(OneOf([...weekdays], 'a day'), {
            minItems: 1,
            maxItems: 7,
            description: 'days of the week',
          }),
          from: Clock('HH:MM'),
          to: Clock('HH:MM; before `from` = into the next day'),
        },
        'Somebody is there',
      ),
      'periods',
      100,
    ),
    holidays: List(
      Type.String({ pattern: '^[0-9]{4}-[01][0-9]-[0-3][0-9]$' }),
      'dates, YYYY-MM-DD, on which nobody is there',
      1_000,
    ),
  },
  'When somebody is there',
);

export const Authentication = Section(
  {
    number: DialNumber('an agent deflects his call to it'),
    flow: Name('name of the flow that asks the customer'),
    timeoutSeconds: Seconds('so long an agent waits', 120, 3_600, 1),
    afterwards: OneOf(
      ['requeue', 'disconnect'],
      'what becomes of a customer for whom nobody waits any more',
      'disconnect',
    ),
    resultField: Field("IVR label that gets completed or failed; '' = none"),
  },
  'Customer authentication',
);

const Overflow = Section(
  {
    seconds: Seconds('after so long; 0 = never', 0, 86_400),
    waitingCalls: Type.Integer({
      minimum: 0,
      maximum: 100_000,
      default: 0,
      description: 'at once, when more wait; 0 = never',
    }),
    group: Type.Integer({ minimum: 0, default: 0, description: 'to this service group; 0 = none' }),
    number: Type.String({
      default: '',
      pattern: '^[0-9*#+]{0,32}$',
      description: "to this number; '' = none",
    }),
    agentGroups: List(Type.Integer(), 'these serve it as well', 1_000),
  },
  'Where a call goes that waits too long; of group, number and agent groups the first that is given counts',
);

export const WaitingTreatment = Section(
  {
    announceSeconds: Seconds('between announcements; 0 = none', 0, 3_600),
    announcePosition: Type.Boolean({ default: true, description: 'says how many are before the caller' }),
    announceWaitingTime: Type.Boolean({ default: true, description: 'says how long it may take' }),
    overflow: Type.Optional(Overflow),
    callback: Type.Optional(
      Section(
        {
          digit: Digit('who presses it while he waits is called back'),
          prompt: Sounds('says so, with the announcements'),
          accepted: Sounds('played before the caller is let go'),
          attempts: Type.Integer({
            minimum: 1,
            maximum: 100,
            default: 3,
            description: 'so often he is called at most',
          }),
          retrySeconds: Seconds('between two attempts', 300, 86_400, 1),
          expiryMinutes: Type.Integer({
            minimum: 1,
            maximum: 10_080,
            default: 480,
            description: 'nobody is called back later than so long after he asked for it',
          }),
        },
        'Offers a call-back',
      ),
    ),
  },
  'What happens while a call waits, beside greeting and music',
);

export type FlowSection = Static<typeof Flow>;
export type FlowStepSection = Static<typeof FlowStep>;
export type WaitingSection = Static<typeof WaitingTreatment>;
