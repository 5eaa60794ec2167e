import { createPeer, type EventMessage, systemClock } from '@cordboard/contract';
import { localAccess, readRuntimeFile } from '@cordboard/sdk';
import { expect, test } from 'vitest';
import { exampleCall, openDesk } from '../testing/index.ts';

test('WIN-83 an event carries when the site made it; one that the application made carries nothing', async () => {
  await using desk = await openDesk();
  const found = await readRuntimeFile(desk.places.file);
  if (!found) throw new Error('no application');
  const heard: [string, EventMessage][] = [];
  const peer = createPeer({
    transport: await localAccess({ places: desk.places }).connect(found),
    clock: systemClock,
    route: () => undefined,
    onNotification: (name, parameters) => heard.push([name, parameters as EventMessage]),
  });
  await peer.request('initialize', { client: 'test', clientId: 'one' });
  const { seq, ...item } = { seq: 1, event: 'OnCallEvent', values: [exampleCall()], at: 1_234 };
  desk.gateway.sendRaw('item', { seq, ...item });
  await expect.poll(() => heard.find(([name]) => name === 'OnCallEvent')?.[1].at).toBe(1_234);
  await desk.application.close();
  expect(heard.filter(([, message]) => message.at !== undefined)).toHaveLength(1);
});
