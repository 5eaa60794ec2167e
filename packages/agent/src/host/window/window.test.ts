import {
  createPeer,
  type DeskStatus,
  deskMethods,
  deskNotifications,
  deskQueries,
  localExtensions,
  systemClock,
} from '@cordboard/contract';
import { type AgentClient, createAgentClient, readRuntimeFile } from '@cordboard/sdk';
import { expect, test } from 'vitest';
import { connectWindow, type Desk, exampleCall, exampleLogin, openDesk } from '../../testing/index.ts';

const windowOf = async (desk: Desk) => {
  const address = desk.application.window ?? '';
  const statuses: DeskStatus[] = [];
  const peer = createPeer({
    transport: connectWindow(address, '/desk'),
    clock: systemClock,
    route: () => undefined,
    onNotification: (name, value) => name === deskNotifications.status && statuses.push(value as DeskStatus),
  });
  const status = async () => {
    const answer = await peer.request(deskMethods.getStatus, {});
    return answer.ok ? (answer.value as DeskStatus) : null;
  };
  const client: AgentClient = createAgentClient({
    name: 'window',
    access: {
      find: async () => readRuntimeFile(desk.places.file),
      connect: async () => connectWindow(address, '/program'),
      watch: () => () => {},
      launch: async () => ({ ok: true, value: true }),
    },
  });
  return { peer, status, statuses, client };
};

test('WIN-07 the window logs the agent on and off, and is told how it goes', async () => {
  await using desk = await openDesk(null);
  const { peer, status, statuses } = await windowOf(desk);
  expect(await status()).toMatchObject({ connection: 'off', ready: false, loggedOnAt: null });
  expect(await peer.request(localExtensions.logOn, exampleLogin)).toEqual({ ok: true, value: true });
  await expect
    .poll(() => statuses.at(-1))
    .toMatchObject({ connection: 'attached', ready: true, problem: null });
  expect(statuses.at(-1)?.privileges).toContain('makeCalls');
  expect(await peer.request(deskMethods.logOff, {})).toEqual({ ok: true, value: true });
  await expect.poll(() => statuses.at(-1)).toMatchObject({ connection: 'off', ready: false, privileges: [] });
  expect(desk.readLog()).not.toContain(exampleLogin.password);
});

test('WIN-07 a refused logon is told with its reason', async () => {
  await using desk = await openDesk(null);
  const { peer, statuses } = await windowOf(desk);
  desk.gateway.refuseLogon({ reason: 'wrongCredentials', text: 'no' });
  await peer.request(localExtensions.logOn, exampleLogin);
  await expect.poll(() => statuses.at(-1)).toMatchObject({ connection: 'off', problem: 'wrongCredentials' });
});

test('WIN-08 the window needs no right to use the interface; programs do', async () => {
  await using desk = await openDesk(null);
  desk.gateway.setPrivileges(['makeCalls']);
  desk.application.logOn(exampleLogin);
  await expect.poll(() => desk.application.state.type).toBe('attached');
  const { client } = await windowOf(desk);
  expect(await client.initialize()).toBe(true);
  expect(await desk.client().initialize()).toBe(false);
  await client.close();
});

test('WIN-09 the window hears what programs hear, and what the abilities are from there on', async () => {
  await using desk = await openDesk();
  const { client } = await windowOf(desk);
  const heard: unknown[] = [];
  client.on('OnCallEvent', call => heard.push(call.ID));
  client.on('abilities', abilities => heard.push(abilities.canTransfer));
  expect(await client.initialize()).toBe(true);
  desk.gateway.publish('OnCallEvent', exampleCall({ ID: 9 }));
  desk.gateway.publish('abilities', { canMakeCall: false, canConference: true, canTransfer: true });
  desk.gateway.publish('OnCallEvent', exampleCall({ ID: 10 }));
  await expect.poll(() => heard).toEqual([9, true, 10]);
  await client.close();
});

test('WIN-10 the window lists the programs, and one that is revoked is not taken again', async () => {
  await using desk = await openDesk();
  const program = await desk.connected('screen pop');
  const { peer, client } = await windowOf(desk);
  await client.initialize();
  const list = async () => {
    const answer = await peer.request(deskMethods.listPrograms, {});
    return answer.ok ? (answer.value as { number: number; name: string }[]) : [];
  };
  const [only, ...others] = await list();
  expect(only?.name).toBe('screen pop');
  expect(others, 'the window itself is no program').toEqual([]);
  expect(await peer.request(deskMethods.revokeProgram, { number: 4711 })).toMatchObject({ ok: false });
  expect(await peer.request(deskMethods.revokeProgram, { number: only?.number })).toMatchObject({ ok: true });
  await expect.poll(() => program.connectionState).toBe('idle');
  expect(await program.initialize()).toBe(false);
  expect(program.lastRefusal).toMatchObject({ reason: 'missingPrivilege', detail: 'revoked by the user' });
  expect(await list()).toEqual([]);
  await client.close();
});

test('WIN-11 the runtime file says where the window is; what programs ask there is not what the window may', async () => {
  await using desk = await openDesk();
  expect((await readRuntimeFile(desk.places.file))?.window).toBe(desk.application.window);
  const program = await desk.connected();
  const peer = createPeer({
    transport: connectWindow(desk.application.window ?? '', '/program'),
    clock: systemClock,
    route: () => undefined,
  });
  await expect(peer.request(deskMethods.logOff, {})).rejects.toMatchObject({ kind: 'unknownMethod' });
  expect(desk.readLog()).not.toContain(new URL(desk.application.window ?? '').hash.slice(1));
  await program.close();
});

test('WIN-51 what the window asks of the site is handed on, and looked at when it comes back', async () => {
  await using desk = await openDesk();
  const { peer } = await windowOf(desk);
  const earlier = { startedAt: null, groupName: 'Sales', agentName: '', seconds: 0, codes: '' };
  desk.gateway.respond(deskQueries.callerHistory, () => ({ ok: true, value: [earlier] }));
  expect(await peer.request(deskQueries.callerHistory, { callId: 7 })).toEqual({
    ok: true,
    value: [earlier],
  });
  expect(desk.gateway.received.at(-1)).toMatchObject({ parameters: { callId: 7 } });
  desk.gateway.respond(deskQueries.directory, () => ({ ok: true, value: [{ type: 'stranger' }] }));
  expect(await peer.request(deskQueries.directory, { text: '' })).toMatchObject({
    refusal: { reason: 'internalError' },
  });
  await expect(peer.request(deskQueries.directory, {})).rejects.toMatchObject({ kind: 'invalidParameters' });
});

test('WIN-51 programs cannot ask it', async () => {
  await using desk = await openDesk();
  const peer = createPeer({
    transport: connectWindow(desk.application.window ?? '', '/program'),
    clock: systemClock,
    route: () => undefined,
  });
  await expect(peer.request(deskQueries.directory, { text: '' })).rejects.toMatchObject({
    kind: 'unknownMethod',
  });
});
