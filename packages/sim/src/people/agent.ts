import { type ICall, SessionState } from '@cordboard/contract';
import type { SiteRequest } from '@cordboard/core';
import type { VirtualClock } from '../clock/virtual-clock.ts';
import type { Randomness } from '../random/randomness.ts';
import type { Desk } from './desk.ts';

/** What an agent's own phone lets him do without the application. */
export interface Handset {
  /** somebody rings */
  readonly ringing: boolean;
  lift(): void;
  hangUp(): void;
  decline(): void;
  hold(): void;
  retrieve(): void;
  /** calls a number without the application */
  dial(number: string): void;
}

export interface AgentHabits {
  /** mean milliseconds between two things that he does */
  pace: number;
  /** whom he may call: colleagues, service numbers, outside, nonsense */
  numbers: readonly string[];
  reasons: readonly { id: number; name: string }[];
}

type Act = (seen: Seen) => SiteRequest | (() => void) | null;

interface Seen {
  desk: Desk;
  handset: Handset;
  random: Randomness;
  habits: AgentHabits;
  call: ICall;
}

const choose = (random: Randomness, choices: readonly (readonly [weight: number, act: Act])[]): Act => {
  const total = choices.reduce((sum, [weight]) => sum + weight, 0);
  let point = random.fraction() * total;
  for (const [weight, act] of choices) {
    point -= weight;
    if (point < 0) return act;
  }
  return () => null;
};

const wait: Act = () => null;
const ask =
  (make: (seen: Seen) => SiteRequest): Act =>
  seen =>
    make(seen);

const answer = ask(({ call }) => ({ method: 'answerCall', arguments: { callId: call.ID } }));
const answerActive = ask(() => ({ method: 'answerActiveCall', arguments: {} }));
const reject = ask(({ call }) => ({ method: 'rejectServiceCall', arguments: { callId: call.ID } }));
const hangUp = ask(({ call }) => ({ method: 'hangupCall', arguments: { callId: call.ID } }));
const hangUpActive = ask(() => ({ method: 'hangupActiveCall', arguments: {} }));
const hold = ask(() => ({ method: 'holdActiveCall', arguments: {} }));
const retrieve = ask(({ call }) => ({ method: 'retrieveCall', arguments: { callId: call.ID } }));
const retrieveActive = ask(() => ({ method: 'retrieveActiveCall', arguments: {} }));
const digits = ask(({ random }) => ({
  method: 'enterDtmfActiveCall',
  arguments: { digits: random.pick(['1', '12#', '*9,0', 'A', '1x']) },
}));
const privateData = ask(({ call, random }) => ({
  method: 'setPrivateData',
  arguments: { callId: call.ID, data: `note ${random.whole(1, 99)}` },
}));
const ivrField = ({ call, random }: Seen) => ({
  callId: call.ID,
  label: random.pick(['IVR1', 'IVR2', 'IVR3', 'Account', 'account', '']),
  data: `${random.whole(1, 99)}`,
});
const ivrData = ask(seen => ({ method: 'setIVRData', arguments: ivrField(seen) }));
const ivrDataWithCdr = ask(seen => ({ method: 'setIVRDataWithCDR', arguments: ivrField(seen) }));
const rename = ask(({ call }) => ({ method: 'setName', arguments: { callId: call.ID, name: 'Somebody' } }));
const makeCall = ask(({ habits, random }) => ({
  method: 'makeCall',
  arguments: {
    number: random.pick(habits.numbers),
    name: random.chance(0.3) ? 'Known' : null,
    useNumberTranslation: random.chance(0.5),
  },
}));
const cancelClerical = ask(({ call }) => ({ method: 'cancelClerical', arguments: { callId: call.ID } }));
const extendClerical = ask(({ call }) => ({ method: 'extendClerical', arguments: { callId: call.ID } }));
const ready = ask(() => ({ method: 'setReadyStatus', arguments: { status: true } }));
const notReady = ask(({ habits, random }) => {
  const reason = random.pick(habits.reasons);
  const rest = random.pick([
    {},
    { reasonId: reason.id },
    { reasonName: reason.name.toUpperCase() },
    { reasonId: 4711 },
    { reasonId: reason.id, reasonName: 'ignored' },
  ]);
  return { method: 'setReadyStatus', arguments: { status: false, ...rest } };
});
const otherMedia = ask(({ random }) => ({
  method: random.pick(['setEmailReadyStatus', 'setOpenMediaReadyStatus', 'setChatReadyStatus'] as const),
  arguments: { status: random.chance(0.5) },
}));
const unknownCall = ask(({ random }) => ({
  method: random.pick([
    'answerCall',
    'hangupCall',
    'retrieveCall',
    'cancelClerical',
    'rejectServiceCall',
  ] as const),
  arguments: { callId: random.whole(-1, 1_000_000) },
}));

const lift: Act =
  ({ handset }) =>
  () =>
    handset.lift();
const putDown: Act =
  ({ handset }) =>
  () =>
    handset.hangUp();
const decline: Act =
  ({ handset }) =>
  () =>
    handset.decline();
const pressHold: Act =
  ({ handset }) =>
  () =>
    handset.hold();
const pressRetrieve: Act =
  ({ handset }) =>
  () =>
    handset.retrieve();
const dial: Act =
  ({ handset, habits, random }) =>
  () =>
    handset.dial(random.pick(habits.numbers));
const logOff: Act =
  ({ desk }) =>
  () =>
    desk.logOff();
const lose: Act =
  ({ desk }) =>
  () =>
    desk.lose();

const S = SessionState;
type Choices = readonly (readonly [weight: number, act: Act])[];

const whileRinging: Choices = [
  [55, answer],
  [10, answerActive],
  [8, lift],
  [8, reject],
  [10, wait],
  [3, decline],
  [2, notReady],
  [1, hangUp],
  [1, lose],
  [1, logOff],
];
const whileTalking: Choices = [
  [20, wait],
  [10, hangUp],
  [10, hangUpActive],
  [8, putDown],
  [12, hold],
  [8, digits],
  [6, privateData],
  [4, ivrData],
  [3, ivrDataWithCdr],
  [3, rename],
  [8, makeCall],
  [3, notReady],
  [2, ready],
  [2, pressHold],
  [1, lose],
  [0.5, logOff],
  [1, unknownCall],
];
const whileHeld: Choices = [
  [15, wait],
  [30, retrieve],
  [20, retrieveActive],
  [8, hangUp],
  [12, makeCall],
  [4, privateData],
  [3, pressRetrieve],
  [1, lose],
  [2, unknownCall],
  [1, dial],
];
const whileDialing: Choices = [
  [60, wait],
  [10, hangUp],
  [10, hangUpActive],
  [5, lift],
  [5, putDown],
  [2, makeCall],
  [1, lose],
];
const whileFailed: Choices = [
  [30, wait],
  [50, hangUp],
  [10, putDown],
  [3, hangUpActive],
];
const whileOnHold: Choices = [
  [60, wait],
  [15, hangUp],
  [5, hangUpActive],
  [5, retrieve],
  [5, putDown],
];
const inClerical: Choices = [
  [50, wait],
  [25, cancelClerical],
  [10, extendClerical],
  [5, ready],
  [5, notReady],
  [3, makeCall],
  [1, logOff],
  [1, lose],
  [5, ivrDataWithCdr],
];
const clearing: Choices = [
  [9, wait],
  [1, putDown],
];
const whileReady: Choices = [
  [75, wait],
  [4, notReady],
  [5, makeCall],
  [1, ready],
  [1, otherMedia],
  [1, unknownCall],
  [0.6, logOff],
  [0.6, lose],
  [1.5, dial],
];
const whileNotReady: Choices = [
  [25, wait],
  [60, ready],
  [5, notReady],
  [4, makeCall],
  [2, otherMedia],
  [1, unknownCall],
  [1, logOff],
  [1, lose],
  [1.5, dial],
];

const byState: Readonly<Record<number, Choices>> = {
  [S.Offered]: whileRinging,
  [S.Connected]: whileTalking,
  [S.Conference]: whileTalking,
  [S.Held]: whileHeld,
  [S.Dialing]: whileDialing,
  [S.Calling]: whileDialing,
  [S.Failed]: whileFailed,
  [S.OnHold]: whileOnHold,
  [S.Clerical]: inClerical,
};

const nothing = { ID: 0 } as ICall;

const choicesFor = (desk: Desk, calls: readonly ICall[], chosen: ICall | undefined): Choices => {
  if (chosen) return byState[chosen.State] ?? clearing;
  return calls.length === 0 && desk.user()?.ReadyStatus ? whileReady : whileNotReady;
};

/** Somebody at a desk who looks at what there is now and again, and does something that fits: mostly. */
export const createScriptedAgent = (options: {
  clock: VirtualClock;
  random: Randomness;
  desk: Desk;
  handset: Handset;
  habits: AgentHabits;
}): { stop(): void } => {
  const { clock, random, desk, handset, habits } = options;
  let stopped = false;

  const act = () => {
    if (!desk.present) {
      if (random.chance(0.3)) desk.comeBack();
      return;
    }
    if (desk.user() === null || desk.user()?.LoggedOn === 0) {
      if (random.chance(0.5)) desk.logOn();
      return;
    }
    const calls = desk.calls();
    // what rings is seen first
    const ringing = calls.find(each => each.State === S.Offered);
    const chosen = ringing ?? (calls.length > 0 ? random.pick(calls) : undefined);
    const what = choose(
      random,
      choicesFor(desk, calls, chosen),
    )({
      desk,
      handset,
      random,
      habits,
      call: chosen ?? nothing,
    });
    if (typeof what === 'function') what();
    else if (what) desk.request(what);
  };

  const tick = () => {
    if (stopped) return;
    act();
    clock.after(random.duration(habits.pace), tick);
  };
  clock.after(random.duration(habits.pace), tick);
  return {
    stop() {
      stopped = true;
    },
  };
};
