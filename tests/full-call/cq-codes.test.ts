import { MediaType, SessionState } from '@cordboard/contract';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type DemoSite, startDemoSite } from '../first-call/demo-site.ts';
import type { Desk } from '../first-call/desk.ts';
import type { Baresip } from '../phones/baresip.ts';
import { describeWithPrograms } from '../phones/programs.ts';
import { until } from '../phones/until.ts';

const { Offered, Connected, Clerical } = SessionState;
const { Voice, Chat } = MediaType;

describeWithPrograms(['baresip'], 'qualification codes', () => {
  let site: DemoSite;
  let anna: Desk;
  let customer: Baresip;

  beforeAll(async () => {
    site = await startDemoSite();
    [anna] = await site.agent('anna', '1001');
    customer = await site.phone('2001');
  }, 120_000);
  afterAll(() => site?.close(), 60_000);

  test('SYS-98 codes of the service group are entered while talking and wrapping up, all or none, and stand in the record', async () => {
    const sales = await anna.client.getCQCodes(1);
    const support = await anna.client.getCQCodes(2);
    const foreign = support.filter(each => !sales.some(own => own.ID === each.ID));
    expect([sales.length, foreign.length]).toEqual([3, 1]);
    await customer.dial('700');
    await anna.client.setReadyStatus(true);
    const { ID } = await anna.call(Offered);
    expect(await anna.client.enterCQCodes(ID, Voice, sales)).toBe(false);
    await anna.client.answerCall(ID);
    await anna.call(Connected);
    expect(await anna.client.enterCQCodes(ID, Voice, sales.slice(0, 2))).toBe(true);
    expect(await anna.client.getCallCQCodes(ID, Voice)).toEqual(sales.slice(0, 2));
    expect(await anna.client.enterCQCodes(ID, Voice, [...sales, ...foreign])).toBe(false);
    expect(anna.client.lastRefusal).toMatchObject({ reason: 'unknownCQCode' });
    expect(await anna.client.enterCQCodes(ID, Chat, sales)).toBe(false);
    expect(anna.client.lastRefusal).toMatchObject({ reason: 'wrongMedia' });
    expect(await anna.client.getCallCQCodes(ID, Voice)).toEqual(sales.slice(0, 2));
    await customer.hangUp();
    await anna.call(Clerical);
    expect(await anna.client.enterCQCodes(ID, Voice, sales.slice(2))).toBe(true);
    expect(await anna.client.getCallCQCodes(ID, Voice)).toEqual(sales.slice(2));
    await until('the record has them', async () => {
      const rows = await site.query(
        `select detail from call_detail where type = 'cqCodes' order by seq, part`,
      );
      return (
        rows.map(each => each['detail']).join(' ') === `${sales[0]?.Code},${sales[1]?.Code} ${sales[2]?.Code}`
      );
    });
  });
});
