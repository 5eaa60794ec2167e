import { expect, test } from 'vitest';
import { type Connect, type Connection, connectionText, followConnection } from './connection.ts';

/** A client that the test makes connect, go and come. */
const fakeClient = () => {
  const handlers: ((state: string) => void)[] = [];
  return {
    client: { on: (_: string, handler: (state: string) => void) => handlers.push(handler) },
    tell: (state: string) => {
      for (const each of handlers) each(state);
    },
  };
};

const follow = async (load: () => Promise<unknown>): Promise<Connection[]> => {
  const seen: Connection[] = [];
  await followConnection(
    each => seen.push(each),
    () => load() as Promise<Connect>,
  );
  return seen;
};

test('DEM-12 a page follows its connection: there, away, and there again', async () => {
  const { client, tell } = fakeClient();
  const seen = await follow(async () => async () => client);
  tell('reconnecting');
  tell('connected');
  expect(seen.map(each => each.type)).toEqual(['connecting', 'connected', 'reconnecting', 'connected']);
  tell('closed');
  expect(seen.at(-1)).toEqual({ type: 'alone' });
});

test('DEM-12 it trusts windows of this machine, and nothing that only begins or ends like one', async () => {
  let origin: unknown;
  await follow(async () => async (options: { origin: unknown }) => {
    origin = options.origin;
    return fakeClient().client;
  });
  const whole = new RegExp(`^(?:${(origin as RegExp).source})$`);
  expect(whole.test('http://127.0.0.1:8481')).toBe(true);
  for (const other of ['http://127.0.0.1.evil.example', 'https://evil.example/http://127.0.0.1:1', 'null'])
    expect(whole.test(other), other).toBe(false);
});

const refusedError = (refusal: object | null) => Object.assign(new Error('not connected'), { refusal });

test.each<[string, () => Promise<unknown>, Connection, string]>([
  ['stands in no tab', async () => () => Promise.reject(refusedError(null)), { type: 'alone' }, 'npm start'],
  ['has no script to connect by', () => Promise.reject(new TypeError('404')), { type: 'alone' }, 'npm start'],
  [
    'has no rights',
    async () => () => Promise.reject(refusedError({ reason: 'missingPrivilege', detail: 'origin' })),
    { type: 'refused', reason: 'missingPrivilege: origin' },
    'needs rights under pages',
  ],
])('DEM-12 a page that %s says so, and what to do', async (_, load, connection, advice) => {
  const seen = await follow(load);
  expect(seen.at(-1)).toEqual(connection);
  expect(connectionText(connection).advice).toContain(advice);
});

test('each state has a word', () => {
  const { client } = fakeClient();
  const states = [{ type: 'connecting' }, { type: 'connected', client }, { type: 'reconnecting', client }];
  expect((states as unknown as Connection[]).map(each => connectionText(each).short)).toEqual([
    'Connecting',
    'Connected',
    'Reconnecting',
  ]);
});
