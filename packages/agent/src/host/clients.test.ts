import { type Answer, accepted, allMethods, camelCase, refused, SessionState } from '@cordboard/contract';
import { expect, test } from 'vitest';
import { allPrivileges, exampleCall, exampleSnapshot, exampleUser, openDesk } from '../testing/index.ts';

test('APP-01 a client connects, reads from the replica and hears every event in order', async () => {
  await using desk = await openDesk();
  const client = await desk.connected();
  const heard: number[] = [];
  client.on('OnCallEvent', call => heard.push(call.State));
  desk.gateway.publish('OnCallEvent', exampleCall({ ID: 9 }));
  for (const State of [SessionState.Offered, SessionState.Connected, SessionState.Idle])
    desk.gateway.publish('OnCallEvent', exampleCall({ State }));
  await expect.poll(() => heard).toEqual([3, 3, 6, 1]);
  expect((await client.getCalls()).map(call => call.ID)).toEqual([9]);
  expect((await client.getUserInformation()).UserName).toBe('Anna Andersson');
  expect(await client.isRegistered()).toBe(true);
});

test('APP-02 what the application answers comes from the replica, and follows the items of the stream', async () => {
  await using desk = await openDesk();
  const client = await desk.connected();
  expect(await client.canMakeCall()).toBe(true);
  expect(await client.canTransfer()).toBe(false);
  desk.gateway.publish('abilities', { canMakeCall: false, canConference: true, canTransfer: true });
  await expect.poll(() => client.canMakeCall()).toBe(false);
  expect(await client.canConference()).toBe(true);
  expect(await client.canTransfer()).toBe(true);
  expect(await client.getNotReadyReasons()).toEqual([{ ID: 5, Name: 'Lunch' }]);
  expect(await client.getCQCodes(7)).toEqual([{ ID: 1, Code: 'S', Name: 'Sold' }]);
  expect(await client.getCQCodes(8)).toEqual([]);
  expect(client.lastRefusal?.reason).toBe('unknownServiceGroup');
  expect(await client.getEmailTemplates()).toEqual([{ ID: 3, Name: 'Thanks' }]);
  expect(await client.getAttendantEmailTemplates()).toEqual([{ ID: 4, Name: 'Please call' }]);
  expect(await client.getEmails()).toEqual([]);
  expect(await client.getSMS()).toEqual([]);
  expect(await client.getOpenMedia()).toEqual([]);
  expect(await client.getChats()).toEqual([]);
});

test('CLI-01 a request goes to the site and returns true; refused, it returns false and says why', async () => {
  await using desk = await openDesk();
  const client = await desk.connected();
  expect(await client.makeCall('+46 8 1', 'Bertil', true)).toBe(true);
  expect(desk.gateway.received[0]).toMatchObject({
    method: 'makeCall',
    parameters: { number: '+46 8 1', name: 'Bertil', useNumberTranslation: true },
  });
  desk.gateway.respond('answerCall', () => refused('notRinging'));
  expect(await client.answerCall(4)).toBe(false);
  expect(client.lastRefusal).toMatchObject({ method: 'answerCall', reason: 'notRinging' });
  desk.gateway.respond('getCallCQCodes', () => refused('unknownCall'));
  expect(await client.getCallCQCodes(4, 2)).toEqual([]);
});

/** Arguments that every method takes, by the names of the parameters. */
const sample: Record<string, unknown> = { integer: 1, string: 'a', boolean: true };
const elsewhere = ['closeApplication', 'initialize', 'uninitialize', 'launchBSA'];
const asked = allMethods.filter(
  each =>
    each.answeredBy !== 'client' &&
    !elsewhere.includes(camelCase(each.name)) &&
    each.answeredBy !== 'workspace',
);
const toSite = asked
  .filter(each => each.answeredBy === 'site')
  .map(each => [camelCase(each.name), each] as const);

test.each(toSite)(
  'CLI-03 %s reaches the site by its name, with its arguments by name',
  async (name, method) => {
    await using desk = await openDesk();
    const client = await desk.connected();
    const list = (method.result as { type?: string }).type === 'array';
    desk.gateway.respond(name, () => accepted(list ? [] : true));
    const values = method.parameters.map(each => {
      const { type = 'null', enum: words } = each.schema as { type?: string; enum?: string[] };
      return type === 'array' ? [] : (words?.[0] ?? sample[type] ?? null);
    });
    const call = client[name] as (...given: unknown[]) => Promise<unknown>;
    expect(await call(...values)).toEqual(list ? [] : true);
    expect(desk.gateway.received).toEqual([
      {
        id: expect.stringMatching(/^[^:]+:[^:]+:1$/),
        method: name,
        parameters: Object.fromEntries(method.parameters.map((each, index) => [each.name, values[index]])),
      },
    ]);
  },
);

test('CLI-02 after breaks of either connection the client resumes: no event lost, doubled or out of order', async () => {
  await using desk = await openDesk();
  const client = await desk.connected();
  const heard: number[] = [];
  const states: string[] = [];
  const resynchronized: unknown[] = [];
  client.on('OnCallEvent', call => heard.push(call.ID));
  client.on('connectionChanged', state => states.push(state));
  client.on('resynchronized', snapshot => resynchronized.push(snapshot));
  let published = 0;
  const publish = () => {
    published += 1;
    desk.gateway.publish('OnCallEvent', exampleCall({ ID: published }));
  };
  for (let round = 0; round < 10; round++) {
    publish();
    if (round % 2 === 0) desk.gateway.breakConnections();
    publish();
    if (round % 3 === 0) desk.breakClients();
    publish();
    await expect.poll(() => desk.gateway.attached).toBe(1);
    publish();
    await expect.poll(() => heard.length).toBe(published);
  }
  expect(heard).toEqual(Array.from({ length: published }, (_, index) => index + 1));
  expect(states.slice(0, 2)).toEqual(['reconnecting', 'connected']);
  expect(resynchronized).toEqual([]);
});

test('CLI-04 a request under way when the connections break is sent again and acts once', async () => {
  await using desk = await openDesk();
  const client = await desk.connected();
  const { promise, resolve } = Promise.withResolvers<Answer>();
  desk.gateway.respond('makeCall', () => promise);
  const request = client.makeCall('100');
  await expect.poll(() => desk.gateway.acted.length).toBe(1);
  desk.breakClients();
  desk.gateway.breakConnections();
  await expect.poll(() => desk.gateway.received.length).toBe(2);
  resolve(accepted(true));
  expect(await request).toBe(true);
  expect(desk.gateway.acted).toHaveLength(1);
});

test('CLI-05 several clients are served at once and hear the same events in the same order', async () => {
  await using desk = await openDesk();
  const heard: string[][] = [];
  for (let count = 0; count < 20; count++) {
    const client = await desk.connected(`program ${count}`);
    const own: string[] = [];
    heard.push(own);
    client.on('OnCallEvent', call => own.push(`call ${call.ID}`));
    client.on('OnUserStatusUpdate', user => own.push(`ready ${user.ReadyStatus}`));
  }
  for (let ID = 1; ID <= 25; ID++) {
    desk.gateway.publish('OnCallEvent', exampleCall({ ID }));
    desk.gateway.publish('OnUserStatusUpdate', { ...exampleUser, ReadyStatus: ID % 2 === 0 });
  }
  await expect.poll(() => heard.every(own => own.length === 50)).toBe(true);
  expect(new Set(heard.map(own => own.join())).size).toBe(1);
});

test('CLI-06 before initialize every request is refused and no event comes', async () => {
  await using desk = await openDesk();
  const client = desk.client();
  const heard: unknown[] = [];
  client.on('OnCallEvent', call => heard.push(call));
  expect(await client.makeCall('1')).toBe(false);
  expect(client.lastRefusal?.reason).toBe('notInitialized');
  expect(await client.getCalls()).toEqual([]);
  expect((await client.getUserInformation()).LoggedOn).toBe(0);
  expect(await client.isRegistered()).toBe(false);
  expect(await client.getTabByName('x')).toBeNull();
  expect(await client.uninitialize()).toBe(false);
  desk.gateway.publish('OnCallEvent', exampleCall());
  expect(await client.initialize()).toBe(true);
  expect(await client.initialize()).toBe(true);
  expect(heard).toEqual([]);
  expect(await client.uninitialize()).toBe(true);
  desk.gateway.publish('OnCallEvent', exampleCall({ ID: 2 }));
  expect(await client.getCalls()).toEqual([]);
  expect(await client.initialize()).toBe(true);
  expect(await client.getCalls()).toHaveLength(2);
  expect(heard).toEqual([]);
});

test('CLI-07 a client hears the application come and go, initialized or not', async () => {
  await using desk = await openDesk(null);
  const client = desk.client();
  const heard: string[] = [];
  client.on('OnApplicationReadyForInitialization', () => heard.push('ready'));
  client.on('OnApplicationClosed', () => heard.push('closed'));
  expect(await client.isBSARunning()).toBe(true);
  expect(await client.canInitialize()).toBe(false);
  expect(await client.initialize()).toBe(false);
  expect(client.lastRefusal?.reason).toBe('notLoggedOn');
  desk.application.logOn({ logonId: 'anna', password: 'x' });
  await expect.poll(() => heard).toEqual(['ready']);
  expect(await client.canInitialize()).toBe(true);
  expect(await client.initialize()).toBe(true);
  await desk.application.close();
  await expect.poll(() => heard).toEqual(['ready', 'closed']);
  expect(client.connectionState).toBe('idle');
  expect(await client.isBSARunning()).toBe(false);
  expect(await client.canInitialize()).toBe(false);
  expect(await client.makeCall('1')).toBe(false);
  await desk.restart();
  await expect.poll(() => heard).toEqual(['ready', 'closed', 'ready']);
  expect(await client.initialize()).toBe(true);
});

test('CLI-16 each logon is heard once by each program: by one that waits for it, one that initializes at once, and one that is connected', async () => {
  await using desk = await openDesk(null);
  const heard: string[] = [];
  const hearing = (name: string) => {
    const client = desk.client(name);
    client.on('OnUserLogin', () => heard.push(name));
    return client;
  };
  const logOn = () => desk.application.logOn({ logonId: 'anna', password: 'x' });
  hearing('waiting');
  const eager = hearing('eager');
  expect(await eager.isBSARunning()).toBe(true);
  logOn();
  await expect.poll(() => eager.initialize()).toBe(true);
  await expect.poll(() => heard.toSorted()).toEqual(['eager', 'waiting']);

  const late = hearing('late');
  expect(await late.initialize()).toBe(true);
  desk.gateway.tellLoggedOff('loggedOff');
  await expect.poll(() => eager.canInitialize()).toBe(false);
  logOn();
  await expect.poll(() => heard.toSorted()).toEqual(['eager', 'eager', 'late', 'waiting', 'waiting']);
  // what a connection told is not told again by the watch
  await eager.uninitialize();
  expect(await eager.initialize()).toBe(true);
  await desk.restart();
  await expect
    .poll(() => heard.toSorted())
    .toEqual(['eager', 'eager', 'eager', 'late', 'late', 'waiting', 'waiting', 'waiting']);
});

test('APP-03 a user without the privilege may run the application, and programs may not connect', async () => {
  await using desk = await openDesk(null);
  desk.gateway.setPrivileges(allPrivileges.filter(each => each !== 'useIntegrationInterface'));
  desk.application.logOn({ logonId: 'anna', password: 'x' });
  await expect.poll(() => desk.application.state.type).toBe('attached');
  const client = desk.client();
  expect(await client.initialize()).toBe(false);
  expect(client.lastRefusal).toMatchObject({ reason: 'missingPrivilege', detail: 'useIntegrationInterface' });
  expect(await client.canInitialize()).toBe(false);
  expect(await client.isBSARunning()).toBe(true);
});

test('APP-04 a request without its privilege is refused here, and never reaches the site', async () => {
  await using desk = await openDesk(null);
  desk.gateway.setPrivileges(['useIntegrationInterface']);
  desk.application.logOn({ logonId: 'anna', password: 'x' });
  await expect.poll(() => desk.application.state.type).toBe('attached');
  const client = await desk.connected();
  expect(await client.makeCall('1')).toBe(false);
  expect(client.lastRefusal).toMatchObject({ reason: 'missingPrivilege', detail: 'makeCalls' });
  expect(desk.gateway.received).toEqual([]);
});

test('APP-05 a failure after acceptance is told to the client that asked, and to no other', async () => {
  await using desk = await openDesk();
  const [asking, other] = [await desk.connected('asking'), await desk.connected('other')];
  const failures: unknown[] = [];
  const elsewhereHeard: unknown[] = [];
  asking.on('operationFailed', failure => failures.push(failure));
  other.on('operationFailed', failure => elsewhereHeard.push(failure));
  other.on('OnRegistrationStatus', registered => elsewhereHeard.push(registered));
  expect(await asking.makeCall('100')).toBe(true);
  desk.gateway.publish('operationFailed', desk.gateway.acted[0], {
    reason: 'phoneNotRegistered',
    detail: '2001',
  });
  desk.gateway.publish('OnRegistrationStatus', false);
  await expect
    .poll(() => failures)
    .toEqual([{ method: 'makeCall', requestId: 1, reason: 'phoneNotRegistered', detail: '2001' }]);
  await expect.poll(() => elsewhereHeard).toEqual([false]);
});

test('APP-05 a failure that is told before the answer has its method too', async () => {
  await using desk = await openDesk();
  const client = await desk.connected();
  const failures: unknown[] = [];
  client.on('operationFailed', failure => failures.push(failure));
  const { promise, resolve } = Promise.withResolvers<Answer>();
  desk.gateway.respond('makeCall', () => promise);
  const request = client.makeCall('100');
  await expect.poll(() => desk.gateway.received.length).toBe(1);
  desk.gateway.publish('operationFailed', desk.gateway.received[0]?.id, { reason: 'phoneNotRegistered' });
  await expect
    .poll(() => failures)
    .toEqual([{ method: 'makeCall', requestId: 1, reason: 'phoneNotRegistered' }]);
  resolve(accepted(true));
  expect(await request).toBe(true);
});

test('APP-41 a client stands in Agent.log under its name from its first request on, granted or not', async () => {
  await using desk = await openDesk(null);
  expect(await desk.client('early').initialize()).toBe(false);
  await desk.restart();
  await desk.connected('later');
  expect(desk.readLog()).toMatch(/REQ early#1 initialize .*\n.* RES early#1 initialize .*notLoggedOn/);
  expect(desk.readLog()).toMatch(/REQ later#1 initialize .*\n.* RES later#1 initialize /);
});

test('APP-06 where the site cannot give what was missed, clients get what is now, and the events that lead there', async () => {
  await using desk = await openDesk();
  desk.gateway.publish('OnCallEvent', exampleCall({ ID: 1 }));
  desk.gateway.publish('OnCallEvent', exampleCall({ ID: 2 }));
  const client = await desk.connected();
  const heard: unknown[] = [];
  client.on('resynchronized', snapshot => heard.push(snapshot.calls.map(call => call.ID)));
  client.on('OnCallEvent', call => heard.push([call.ID, call.State]));
  desk.gateway.setSnapshot(
    exampleSnapshot({
      calls: [exampleCall({ ID: 2, State: SessionState.Connected }), exampleCall({ ID: 3 })],
    }),
  );
  desk.gateway.breakConnections();
  await expect
    .poll(() => heard)
    .toEqual([
      [2, 3],
      [1, 1],
      [2, 6],
      [3, 3],
    ]);
  expect((await client.getCalls()).map(call => call.ID)).toEqual([2, 3]);
});

test('APP-07 an item of the site of the wrong type is left out and logged, and the next ones are told', async () => {
  await using desk = await openDesk();
  const client = await desk.connected();
  const heard: unknown[] = [];
  client.on('OnCallEvent', call => heard.push(call.ID));
  client.on('OnRegistrationStatus', registered => heard.push(registered));
  desk.gateway.publish('OnCallEvent', { ID: 'one' });
  desk.gateway.publish('OnRegistrationStatus', false);
  await expect.poll(() => heard).toEqual([false]);
  await expect.poll(() => desk.readLog()).toContain('OnCallEvent of the wrong type was left out');
});

test('APP-08 a form that the window has not yet is refused as not available, and says so', async () => {
  await using desk = await openDesk();
  const client = await desk.connected();
  expect(await client.sendSMS('+4670', 0)).toBe(false);
  expect(client.lastRefusal?.reason).toBe('notAvailable');
});

test('closeApplication logs off, tells every client and takes the runtime file away', async () => {
  await using desk = await openDesk();
  const client = await desk.connected();
  const other = desk.client();
  const heard: string[] = [];
  client.on('OnApplicationClosed', () => heard.push('connected'));
  other.on('OnApplicationClosed', () => heard.push('not connected'));
  other.on('OnApplicationReadyForInitialization', () => heard.push('ready'));
  await expect.poll(() => heard).toEqual(['ready']);
  expect(await client.closeApplication()).toBeNull();
  await expect.poll(() => heard.toSorted()).toEqual(['connected', 'not connected', 'ready']);
  expect(desk.gateway.logOffs).toBe(1);
});
