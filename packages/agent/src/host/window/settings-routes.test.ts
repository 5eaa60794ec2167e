import { readFileSync, writeFileSync } from 'node:fs';
import { deskSettingsMethods } from '@cordboard/contract';
import { expect, test } from 'vitest';
import { deskPeer, openDesk } from '../../testing/index.ts';

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
