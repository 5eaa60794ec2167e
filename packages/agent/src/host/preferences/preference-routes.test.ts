import {
  createPeer,
  deskPreferenceMethods,
  deskPreferenceNotifications,
  type KeptPreferences,
  systemClock,
} from '@cordboard/contract';
import { expect, test } from 'vitest';
import { connectWindow, deskPeer, exampleLogin, openDesk } from '../../testing/index.ts';

const some: KeptPreferences = { choices: { language: 'de' }, shortcuts: { answer: 'z' }, places: {} };

test('WIN-220 what is kept in one window is told to the others, and is there when the application starts anew', async () => {
  await using desk = await openDesk();
  const told: unknown[] = [];
  createPeer({
    transport: connectWindow(desk.application.window ?? '', '/desk'),
    clock: systemClock,
    route: () => undefined,
    onNotification: (name, value) => name === deskPreferenceNotifications.preferences && told.push(value),
  });
  const one = deskPeer(desk);
  expect(await one.request(deskPreferenceMethods.read, {})).toEqual({
    ok: true,
    value: { preferences: null },
  });
  expect(await one.request(deskPreferenceMethods.keep, { preferences: some })).toEqual({
    ok: true,
    value: { kept: true },
  });
  await expect.poll(() => told).toEqual([some]);
  await desk.restart(exampleLogin);
  expect(await deskPeer(desk).request(deskPreferenceMethods.read, {})).toEqual({
    ok: true,
    value: { preferences: some },
  });
});

test('WIN-220 nobody is logged on: nothing is kept for him', async () => {
  await using desk = await openDesk(null);
  expect(await deskPeer(desk).request(deskPreferenceMethods.keep, { preferences: some })).toEqual({
    ok: false,
    refusal: { reason: 'notLoggedOn' },
  });
});

test.each([
  ['nothing', {}],
  ['more than anybody needs', { preferences: { ...some, choices: { language: 'x'.repeat(65) } } }],
  ['a place of five numbers', { preferences: { ...some, places: { dock: [1, 2, 3, 4, 5] } } }],
])('WIN-221 preferences of another shape (%s) are not taken', async (_, given) => {
  await using desk = await openDesk();
  await expect(deskPeer(desk).request(deskPreferenceMethods.keep, given)).rejects.toMatchObject({
    kind: 'invalidParameters',
  });
});
