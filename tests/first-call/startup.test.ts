import { connect } from 'node:net';
import { checkOf, IUserInformation, localExtensions } from '@cordboard/contract';
import { readRuntimeFile } from '@cordboard/sdk';
import { createPhone } from '@cordboard/switch/testing';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { until } from '../phones/until.ts';
import { type DemoSite, startDemoSite } from './demo-site.ts';
import type { Desk } from './desk.ts';

/** What a program does before and after it works with an agent: starting, connecting, leaving, closing. */
describe('a program and the Agent application', () => {
  let site: DemoSite;
  let desk: Desk;

  beforeAll(async () => {
    site = await startDemoSite();
  }, 120_000);
  afterEach(() => desk?.close());
  afterAll(() => site?.close(), 60_000);

  const refusal = () => desk.client.lastRefusal?.reason;

  test('SYS-18 where no application runs nothing can be asked, and the reasons say so', async () => {
    desk = await site.machine('anna');
    const { client } = desk;
    expect([await client.isBSARunning(), refusal()]).toEqual([false, 'notRunning']);
    expect([await client.canInitialize(), refusal()]).toEqual([false, 'notRunning']);
    expect([await client.initialize(), refusal()]).toEqual([false, 'notRunning']);
    expect([await client.isRegistered(), refusal()]).toEqual([false, 'notInitialized']);
    expect([await client.uninitialize(), refusal()]).toEqual([false, 'notInitialized']);
    expect(await client.getCalls()).toEqual([]);
    expect(desk.comings).toEqual([]);
  });

  test('SYS-19 launched without credentials it runs logged off; the logon is heard, and then programs may connect', async () => {
    desk = await site.machine('anna');
    const { client } = desk;
    expect(await client.launchBSA()).toBe(true);
    expect(await client.isBSARunning()).toBe(true);
    expect([await client.canInitialize(), refusal()]).toEqual([false, 'notLoggedOn']);
    expect([await client.launchBSA(), refusal()]).toEqual([false, 'alreadyRunning']);
    expect(desk.comings).toEqual([]);
    await askApplication(desk, localExtensions.logOn, { logonId: 'anna', password: desk.password });
    await until('the logon is heard', () => desk.comings.length === 2);
    expect(desk.comings).toEqual(['OnUserLogin', 'ready']);
    expect(await client.initialize()).toBe(true);
  });

  test('SYS-20 each of several programs is registered until it leaves; then it asks and hears nothing', async () => {
    desk = await site.desk('anna');
    const other = desk.program('other');
    expect(await other.initialize()).toBe(true);
    const heard: boolean[] = [];
    other.on('OnUserStatusUpdate', user => void heard.push(user.ReadyStatus));
    expect([await desk.client.isRegistered(), await other.isRegistered()]).toEqual([true, true]);
    expect(await other.setReadyStatus(true)).toBe(true);
    await until('both hear', () => heard.length === 1 && desk.statuses.length === 1);

    expect(await other.uninitialize()).toBe(true);
    expect(await other.isRegistered()).toBe(false);
    expect(await other.setReadyStatus(false)).toBe(false);
    expect(other.lastRefusal?.reason).toBe('notInitialized');
    expect(await desk.client.setReadyStatus(false)).toBe(true);
    await until('the one that stayed hears', () => desk.statuses.length === 2);
    expect(await other.initialize()).toBe(true);
    expect((await other.getUserInformation()).ReadyStatus).toBe(false);
    expect(heard).toEqual([true]);
  });

  test('SYS-21 a wrong password leaves the application running, and programs learn why they cannot connect', async () => {
    desk = await site.machine('anna');
    expect(await desk.client.launchBSAWithCredentials('anna', 'wrong')).toBe(true);
    await until('the reason is told', async () => {
      expect(await desk.client.canInitialize()).toBe(false);
      return desk.client.lastRefusal?.detail === 'wrongCredentials';
    });
    expect(await desk.client.isBSARunning()).toBe(true);
    expect(desk.comings).toEqual([]);
  });

  test('SYS-22 closed by a program it logs the agent off, tells every program, and ends', async () => {
    desk = await site.desk('anna');
    const other = desk.program('other');
    const closed: string[] = [];
    other.on('OnApplicationClosed', () => void closed.push('other'));
    expect(await other.initialize()).toBe(true);
    await desk.client.closeApplication();
    await until('both are told', () => closed.length === 1 && desk.comings.includes('OnApplicationClosed'));
    await until('it has ended', async () => !(await desk.client.isBSARunning()));
    expect(desk.client.connectionState).toBe('idle');
    const figures = await (await fetch(`${site.gateway}/metrics`)).text();
    expect(figures).toContain('cordboard_agents{group="Sales",state="unavailable"} 0');
    // the way back is the same as the first time
    expect(await desk.client.launchBSAWithCredentials('anna', desk.password)).toBe(true);
    await until('again', () => desk.comings.length === 5);
    expect(desk.comings).toEqual(['OnUserLogin', 'ready', 'OnApplicationClosed', 'OnUserLogin', 'ready']);
  });

  test('SYS-23 server, broker, extension and softphone can be given at the launch', async () => {
    desk = await site.machine('dan');
    const { client, password } = desk;
    const { hostname, port, host } = new URL(site.gateway);
    const launch = (softphone: number) =>
      client.launchAgentWithParams(
        ...(['dan', password, '1003', '', 'Demo', host, hostname, Number(port)] as const),
        softphone as 0,
      );
    expect([await launch(2), refusal()]).toEqual([false, 'invalidValue']);
    expect(await launch(0)).toBe(true);
    await until('dan is logged on', () => client.canInitialize());
    expect(await client.initialize()).toBe(true);
    const user = await client.getUserInformation();
    expect(checkOf(IUserInformation)(user)).toBeNull();
    expect(user).toEqual({
      ExtensionNumber: '1003',
      LoggedOn: 1,
      LoginID: 'dan',
      UserName: 'Dan Dahl',
      ReadyStatus: false,
      EmailReadyStatus: false,
      OpenMediaReadyStatus: false,
      ChatReadyStatus: false,
      OASID: 1,
      OASServerName: 'Demo',
      RecordID: 4,
      VoiceNotReadyReasonID: 0,
      VoiceNotReadyReasonString: '',
      PhoneIPAddress: '',
    });
  });

  test('SYS-24 OnRegistrationStatus tells when the phone of the agent comes and goes', async () => {
    desk = await site.desk('anna');
    expect(await desk.client.canMakeCall()).toBe(false);
    const phone = await createPhone({
      extension: '1001',
      password: site.passwordOf('1001'),
      server: site.sip,
    });
    expect(await phone.register()).toBe(200);
    await until('it is there', () => desk.registrations.at(-1) === true);
    expect(await desk.client.canMakeCall()).toBe(true);
    expect((await desk.client.getUserInformation()).PhoneIPAddress).toBe('127.0.0.1');
    expect(await phone.unregister()).toBe(200);
    await until('it is gone', () => desk.registrations.at(-1) === false);
    expect(desk.registrations).toEqual([true, false]);
    expect(await desk.client.canMakeCall()).toBe(false);
    phone.close();
  });
});

/** What the application's own window would ask over the local socket. */
async function askApplication(desk: Desk, method: string, parameters: object): Promise<void> {
  const running = await readRuntimeFile(desk.places.file);
  const socket = connect(running?.endpoint ?? '');
  socket.write(`${JSON.stringify({ jsonrpc: '2.0', id: 1, method, params: parameters })}\n`);
  const [answer] = await Promise.race([
    new Promise<[Buffer]>(resolve => socket.once('data', data => resolve([data]))),
    new Promise<never>((_, reject) => socket.once('error', reject)),
  ]);
  socket.destroy();
  expect(JSON.parse(answer.toString())).toMatchObject({ result: true });
}
