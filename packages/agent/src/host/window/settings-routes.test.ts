import { readFileSync, writeFileSync } from 'node:fs';
import { createPeer, deskSettingsMethods, systemClock, webSocketTransport } from '@cordboard/contract';
import { expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { type Desk, openDesk } from '../../testing/index.ts';

const deskPeer = (desk: Desk) => {
  const url = new URL(desk.application.window ?? '');
  const socket = new WebSocket(`ws://${url.host}/desk`, ['cordboard.1', `token.${url.hash.slice(1)}`], {
    origin: url.origin,
  });
  return createPeer({ transport: webSocketTransport(socket), clock: systemClock, route: () => undefined });
};

test('WIN-82 the log level set in the window holds at once and is kept beside the other settings', async () => {
  await using desk = await openDesk();
  writeFileSync(desk.settingsFile, '{"server":"http://a:1"}');
  const peer = deskPeer(desk);
  const set = (level: number) => peer.request(deskSettingsMethods.setLogLevel, { level });
  expect(await set(1)).toEqual({ ok: true, value: { level: 1, kept: true } });
  const before = desk.readLog().length;
  await peer.request('deskListPrograms', {});
  expect(desk.readLog().slice(before)).not.toContain('deskListPrograms');
  expect(await set(5)).toEqual({ ok: true, value: { level: 5, kept: true } });
  await peer.request('deskListPrograms', {});
  await expect.poll(() => desk.readLog().slice(before)).toContain('5 REQ window deskListPrograms');
  expect(JSON.parse(readFileSync(desk.settingsFile, 'utf8'))).toEqual({ server: 'http://a:1', logLevel: 5 });
});

test('WIN-82 a settings file that cannot be used is left as it is; the level holds for this run, and the window is told', async () => {
  await using desk = await openDesk();
  writeFileSync(desk.settingsFile, '{"server":');
  const peer = deskPeer(desk);
  expect(await peer.request(deskSettingsMethods.setLogLevel, { level: 6 })).toEqual({
    ok: true,
    value: { level: 6, kept: false },
  });
  expect(readFileSync(desk.settingsFile, 'utf8')).toBe('{"server":');
  await expect(peer.request(deskSettingsMethods.setLogLevel, { level: 8 })).rejects.toMatchObject({
    kind: 'invalidParameters',
  });
});
