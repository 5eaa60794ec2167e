import type { IRealTimeInformation } from '@cordboard/contract';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type DemoSite, startDemoSite } from '../first-call/demo-site.ts';
import type { Desk } from '../first-call/desk.ts';
import type { Baresip } from '../phones/baresip.ts';
import { describeWithPrograms } from '../phones/programs.ts';
import { until } from '../phones/until.ts';

describeWithPrograms(['baresip'], 'real-time information', () => {
  let site: DemoSite;
  let anna: Desk;
  let customer: Baresip;
  const told: IRealTimeInformation[] = [];

  beforeAll(async () => {
    site = await startDemoSite();
    anna = await site.desk('anna');
    customer = await site.phone('2001');
    anna.client.on('OnRealTimeInformationUpdate', figures => void told.push(figures));
  }, 120_000);
  afterAll(() => site?.close(), 60_000);

  const counts = (name: string, calls: number) =>
    until(
      `${name} has ${calls} calls; told: ${JSON.stringify(told)}`,
      () => told.at(-1)?.ServiceGroupName === name && told.at(-1)?.CallsInQueue === calls,
      10_000,
    );

  test('SYS-97 the queue of a service group, by its name before its id, is told at once and as it changes', async () => {
    const { client } = anna;
    expect(await client.subscribeRealTimeInformation(2, 'Sales', true)).toBe(true);
    await counts('Sales', 0);
    await customer.dial('700');
    await counts('Sales', 1);
    await customer.hangUp();
    await counts('Sales', 0);
    expect(await client.subscribeRealTimeInformation(2, '', true)).toBe(true);
    await counts('Support', 0);
    expect(await client.subscribeRealTimeInformation(0, 'Nowhere', true)).toBe(false);
    expect(client.lastRefusal).toMatchObject({ reason: 'unknownServiceGroup' });
    expect(await client.subscribeRealTimeInformation(1, '', false)).toBe(true);
    expect(anna.faults).toEqual([]);
  });
});
