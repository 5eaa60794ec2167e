import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { createSoftphones, type LogonOfAgent } from './softphones.ts';

const anna: LogonOfAgent = { agentId: 1, logon: 'first', extension: '1001' };

function create(logons: LogonOfAgent[] | null, webSocket: string | null = 'ws://127.0.0.1:5066') {
  const state = { logons, changes: 0 };
  const softphones = createSoftphones({
    key: Buffer.alloc(32, 3),
    realm: 'here',
    webSocket: () => webSocket,
    logonOf: agentId =>
      state.logons ? (state.logons.find(each => each.agentId === agentId) ?? null) : undefined,
    logons: () => state.logons,
    changed: () => {
      state.changes++;
    },
  });
  return { state, softphones };
}

test('SPH-01 a logon gets credentials of its own, which the call manager is told by their HA1', () => {
  const { state, softphones } = create([]);
  expect(softphones.credentials()).toEqual([]);
  state.logons = [anna];
  const grant = softphones.grant(1, 'first');
  expect(grant).toMatchObject({ webSocket: 'ws://127.0.0.1:5066', extension: '1001' });
  expect(grant?.user).toMatch(/^1001\.[\w-]{16}$/);
  const ha1 = createHash('md5').update(`${grant?.user}:here:${grant?.password}`).digest('hex');
  expect(softphones.credentials()).toEqual([{ user: grant?.user, extension: '1001', ha1 }]);
  expect(JSON.stringify(softphones.credentials())).not.toContain(grant?.password);
  expect(softphones.grant(1, 'first')).toEqual(grant);
  expect(state.changes).toBe(1);
});

test('SPH-01 another logon has others; one that is not of now gets none, nor anybody where browsers have no phones', () => {
  const { state, softphones } = create([anna]);
  const first = softphones.grant(1, 'first');
  state.logons = [{ ...anna, logon: 'second' }];
  expect(softphones.grant(1, 'first')).toBeNull();
  const second = softphones.grant(1, 'second');
  expect(second?.user).not.toBe(first?.user);
  expect(second?.password).not.toBe(first?.password);
  expect(softphones.credentials()).toHaveLength(1);
  expect(create([anna], null).softphones.grant(1, 'first')).toBeNull();
});

test('SPH-02 credentials end with the logon, and with the next one of the same agent', () => {
  const { state, softphones } = create([anna, { agentId: 2, logon: 'other', extension: '1002' }]);
  expect(softphones.credentials()).toHaveLength(2);
  softphones.look([1, 2, 3]);
  expect(state.changes).toBe(0);
  state.logons = [{ ...anna, logon: 'second' }];
  softphones.look([1]);
  expect(softphones.credentials().map(each => each.extension)).toEqual(['1002']);
  softphones.look([2]);
  expect(softphones.credentials()).toEqual([]);
  expect(state.changes).toBe(2);
});

test('SPH-02 a server that comes back knows the credentials of who is logged on, and drops none while it knows nothing', () => {
  const grant = create([anna]).softphones.grant(1, 'first');
  const { state, softphones } = create(null);
  expect(softphones.credentials()).toEqual([]);
  expect(softphones.grant(1, 'first')).toBeNull();
  state.logons = [anna];
  expect(softphones.credentials().map(each => each.user)).toEqual([grant?.user]);
  state.logons = null;
  softphones.look([1]);
  expect(softphones.credentials()).toHaveLength(1);
});
