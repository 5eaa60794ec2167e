import type { TrunkFigures } from '@cordboard/switch';
import { expect, test } from 'vitest';
import { trunkHealth, trunksNow } from './trunks.ts';

const since = Date.UTC(2026, 0, 2, 3, 4, 5);
const trunk: TrunkFigures = { name: 'Provider', up: true, state: 'registered', since, calls: 2 };

test('a trunk that is up says since when, and how many calls it has', () => {
  expect(trunkHealth(trunk)).toEqual({
    name: 'Provider',
    up: true,
    state: 'registered',
    since: '2026-01-02T03:04:05.000Z',
    calls: 2,
    reason: '',
  });
});

test.each<[Partial<TrunkFigures>, string]>([
  [{ state: 'registrationFailed', status: 403 }, 'the registrar refuses with 403'],
  [{ state: 'registrationFailed', status: 401 }, 'the registrar refuses with 401, the password is wrong'],
  [{ state: 'registrationFailed' }, 'the registrar does not answer'],
  [{ state: 'registering' }, 'its registration is not answered yet'],
  [{ state: 'silent' }, 'it does not answer OPTIONS'],
  [{ state: 'connecting' }, 'its connection is being opened'],
  [{ state: 'notConnected' }, 'there is no connection to it'],
  [{ state: 'notConnected', problem: 'expired' }, 'its certificate is not valid now'],
  [
    { state: 'notConnected', problem: 'wrongName' },
    'its certificate is somebody else’s: it has not the name of the trunk',
  ],
  [{ state: 'unresolved' }, 'its host name cannot be looked up'],
])('one that is down with %j says why', (change, reason) => {
  expect(trunkHealth({ ...trunk, up: false, ...change })).toMatchObject({ up: false, reason });
});

test('a switch of an earlier release, which tells neither time nor calls, is understood', () => {
  const { name, up, state } = trunk;
  const told: unknown = { name, up, state };
  expect(trunkHealth(told as TrunkFigures)).toMatchObject({ up: true, since: null, calls: 0 });
});

test('a call manager that does not answer, or is lost, keeps nobody waiting', async () => {
  const shown = trunkHealth(trunk);
  expect(await trunksNow(async () => ({ trunks: [shown] }))).toEqual([shown]);
  expect(await trunksNow(async () => null)).toBeNull();
  expect(await trunksNow(() => Promise.reject(new Error('lost')))).toBeNull();
  expect(await trunksNow(() => new Promise(() => {}))).toBeNull();
});
