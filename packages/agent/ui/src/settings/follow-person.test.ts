import {
  type Answer,
  accepted,
  deskPreferenceMethods,
  type KeptPreferences,
  refused,
} from '@cordboard/contract';
import { expect, test } from 'vitest';
import { exampleSnapshot, exampleUser } from '../../../src/testing/examples.ts';
import { createStore } from '../state/store.ts';
import { followPerson } from './follow-person.ts';
import { createPreferences } from './preference-store.ts';

const none: KeptPreferences = { choices: {}, shortcuts: {}, places: {} };
const german: KeptPreferences = { ...none, choices: { language: 'de' }, shortcuts: { answer: 'z' } };

/** A window, its browser, and an application that keeps what it is told, or does not hear. */
const openBench = (kept: Record<string, KeptPreferences> = {}) => {
  const store = createStore(act => act());
  const values = new Map<string, string>();
  const preferences = createPreferences(
    { getItem: name => values.get(name) ?? null, setItem: (name, value) => void values.set(name, value) },
    () => {},
  );
  const asked: string[] = [];
  const bench = { store, preferences, asked, kept, hears: true, told: (_: KeptPreferences) => {} };
  const answer = (method: string, parameters: object): Answer => {
    const who = store.get().agent?.user.LoginID ?? 'last';
    asked.push(`${method} ${who}`);
    if (!bench.hears) return refused('connectionLost');
    if (method === deskPreferenceMethods.read) return accepted({ preferences: kept[who] ?? null });
    kept[who] = (parameters as { preferences: KeptPreferences }).preferences;
    return accepted({ kept: true });
  };
  followPerson(
    {
      store,
      inquire: async (method, parameters) => answer(method, parameters),
      onPreferences(told) {
        bench.told = told;
      },
    },
    preferences,
  );
  return bench;
};
type Bench = ReturnType<typeof openBench>;

const logOn = async ({ store }: Bench, LoginID: string) => {
  store.dispatch({
    type: 'snapshot',
    snapshot: exampleSnapshot({ user: { ...exampleUser, LoginID } }),
    now: 0,
  });
  await settled();
};
const logOff = ({ store }: Bench) => store.dispatch({ type: 'status', status: { ready: false } as never });
const settled = async () => {
  for (let turn = 0; turn < 5; turn++) await Promise.resolve();
};

test('WIN-222 who logs on at another address of the window finds it as he left it, his keys too', async () => {
  const bench = openBench({ anna: german });
  await logOn(bench, 'anna');
  expect(bench.preferences.get().language).toBe('de');
  expect(bench.store.get().shortcuts.answer).toBe('z');
});

test('WIN-222 the log-on page speaks the language of who logged on last, in a browser that knows nobody', async () => {
  const bench = openBench({ last: german });
  bench.store.dispatch({ type: 'application', application: 'open' });
  await settled();
  expect(bench.preferences.get().language).toBe('de');
});

test('WIN-222 what he chooses is told to his application at once; for whom nothing is kept, what his browser had is', async () => {
  const bench = openBench();
  bench.preferences.set({ density: 'compact' });
  await logOn(bench, 'anna');
  expect(bench.kept).toEqual({ anna: { ...none, choices: { density: 'compact' } } });
  bench.preferences.set({ colors: 'dark' });
  await settled();
  expect(bench.kept).toEqual({ anna: { ...none, choices: { density: 'compact', colors: 'dark' } } });
});

test('WIN-222 who has chosen nothing has nothing kept for him', async () => {
  const bench = openBench();
  await logOn(bench, 'anna');
  expect(bench.kept).toEqual({});
});

test('WIN-222 a choice that the application did not hear is told when he is back, and not overwritten by an older one', async () => {
  const bench = openBench({ anna: german });
  await logOn(bench, 'anna');
  bench.hears = false;
  bench.preferences.set({ language: 'en' });
  await settled();
  logOff(bench);
  bench.hears = true;
  await logOn(bench, 'anna');
  expect(bench.preferences.get().language).toBe('en');
  expect(bench.kept['anna']?.choices).toEqual({ language: 'en' });
});

test('WIN-222 another window of his chose: this one follows, and tells nobody; logged off it does not', async () => {
  const bench = openBench();
  await logOn(bench, 'anna');
  const before = bench.asked.length;
  bench.told(german);
  expect(bench.preferences.get().language).toBe('de');
  expect(bench.asked).toHaveLength(before);
  logOff(bench);
  bench.told({ ...german, choices: { language: 'en' } });
  expect(bench.preferences.get().language).toBe('de');
});
