/** An event as it comes: its documented name and its values. */
export interface Told {
  event: string;
  values: readonly unknown[];
}

/**
 * What is now, kept as the last event that told of each thing, so that who listens late hears of it at once.
 */
export interface CurrentState {
  take(told: Told): void;
  /** All of it is another: answers the events that tell the difference. */
  replace(state: readonly Told[]): Told[];
  /** What a handler of this event has missed. */
  of(event: string): Told[];
}

interface Thing {
  ID?: unknown;
  State?: unknown;
}

/** `key`: which thing it is about; `over`: the thing is gone; `gone`: the values that say so. */
interface Rule {
  key(thing: Thing): unknown;
  over(thing: Thing, update: unknown): boolean;
  gone(thing: Thing): unknown[];
}

const cannot = (thing: Thing): Thing =>
  Object.fromEntries(
    Object.entries(thing).map(([name, value]) => [name, name.startsWith('Can') ? false : value]),
  );

const session = (idle: number): Rule => ({
  key: thing => thing.ID,
  over: thing => thing.State === idle || thing.State === (idle === 0 ? 1 : idle),
  gone: thing => [{ ...cannot(thing), State: idle, StateDescription: 'Idle' }],
});

/** UpdateType of the documented interface. */
const added = 0;
const deleted = 2;
const waiting: Rule = {
  key: thing => thing.ID,
  over: (_, update) => update === deleted,
  gone: thing => [thing, deleted],
};

const single: Rule = { key: () => '', over: () => false, gone: thing => [thing] };

const rules: Readonly<Record<string, Rule>> = {
  OnCallEvent: session(1),
  OnEmailEvent: session(0),
  OnSMSEvent: session(0),
  OnOpenMediaEvent: session(1),
  OnChatEvent: session(1),
  OnDispatchPersonalCallEvent: waiting,
  OnDispatchCommonHoldCallEvent: waiting,
  OnDispatchVoiceCallEvent: waiting,
  OnDispatchEmailEvent: waiting,
  OnDispatchSMSEvent: waiting,
  OnDispatchCampaignCallEvent: waiting,
  OnUserStatusUpdate: single,
  OnRegistrationStatus: single,
};

const keyOf = (rule: Rule, { event, values }: Told): string => `${event} ${rule.key(values[0] as Thing)}`;
const same = (one: Told | undefined, other: Told): boolean =>
  one !== undefined && JSON.stringify(one.values) === JSON.stringify(other.values);

export const createCurrentState = (): CurrentState => {
  let known = new Map<string, Told>();
  const take = (told: Told): void => {
    const rule = rules[told.event];
    if (!rule) return;
    const key = keyOf(rule, told);
    if (rule.over(told.values[0] as Thing, told.values[1])) known.delete(key);
    else known.set(key, told);
  };
  return {
    take,
    replace(state) {
      const before = known;
      known = new Map();
      for (const told of state) take(told);
      const vanished = [...before].flatMap(([key, { event, values }]) =>
        known.has(key) ? [] : [{ event, values: rules[event]?.gone(values[0] as Thing) ?? [] }],
      );
      const changed = [...known].filter(([key, told]) => !same(before.get(key), told));
      return [...vanished, ...changed.map(([, told]) => told)];
    },
    of: event =>
      [...known.values()]
        .filter(each => each.event === event)
        .map(told => (rules[event] === waiting ? { event, values: [told.values[0], added] } : told)),
  };
};
