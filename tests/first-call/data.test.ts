import { SessionState } from '@cordboard/contract';
import { createPhone, type PhoneCall, type TestPhone } from '@cordboard/switch/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { until } from '../phones/until.ts';
import { type DemoSite, startDemoSite } from './demo-site.ts';
import type { Desk } from './desk.ts';

const clericalSeconds = 3;

/** What a program does with a call beside speaking, and what it may read: each test has a call of its own. */
describe('data of calls and of the agent', () => {
  let site: DemoSite;
  let anna: Desk;
  let agent: TestPhone;
  let customer: TestPhone;

  beforeAll(async () => {
    site = await startDemoSite({ clericalSeconds });
    anna = await site.desk('anna');
    const phone = async (extension: string, displayName: string) => {
      const password = site.passwordOf(extension);
      const created = await createPhone({ extension, password, server: site.sip, displayName });
      expect(await created.register()).toBe(200);
      return created;
    };
    agent = await phone('1001', 'Anna Alm');
    customer = await phone('2001', 'Cecilia Customer');
    await until('the phone of the agent is registered', () => anna.registrations.at(-1));
  }, 120_000);
  afterAll(async () => {
    agent?.close();
    customer?.close();
    await site?.close();
  }, 60_000);

  /** events before the test's own */
  let after: number;
  let calling: PhoneCall;
  let callId: number;
  beforeEach(async () => {
    after = anna.callEvents.length;
    expect(await anna.client.setReadyStatus(true)).toBe(true);
    calling = await customer.call('700');
    callId = (await anna.call(SessionState.Offered, after)).ID;
  });
  afterEach(async () => {
    await anna.client.setReadyStatus(false);
    if (calling.state !== 'ended') calling.hangUp();
    await until('the call has ended', async () => {
      await anna.client.cancelClerical(callId);
      return (await anna.client.getCalls()).length === 0;
    });
    expect(anna.faults).toEqual([]);
  });

  const talk = async () => {
    expect(await anna.client.answerActiveCall()).toBe(true);
    await anna.call(SessionState.Connected, after);
  };
  const refusal = () => anna.client.lastRefusal?.reason;
  const momentOf = (row?: Record<string, unknown>) => (row?.['at'] instanceof Date ? row['at'].getTime() : 0);
  const newest = () => anna.callEvents.at(-1);
  const details = (type: string) =>
    site.query('select * from call_detail where type = $1 and call_id = $2 order by seq, part', [
      type,
      callId,
    ]);

  test('SYS-25 answerActiveCall answers the call that rings; with none it is refused', async () => {
    await talk();
    expect(await agent.nextCall()).toMatchObject({ incoming: true, callerName: 'Cecilia Customer' });
    expect([await anna.client.answerActiveCall(), refusal()]).toEqual([false, 'noActiveCall']);
  });

  test('SYS-26 private data comes with every later event of the call, and is replaced as a whole', async () => {
    expect(newest()?.PrivateData).toBe('');
    expect(await anna.client.setPrivateData(callId, '{"order":4711}')).toBe(true);
    await until('it comes', () => newest()?.PrivateData === '{"order":4711}');
    await talk();
    expect(newest()?.PrivateData).toBe('{"order":4711}');
    expect(await anna.client.setPrivateData(callId, '')).toBe(true);
    await until('it is gone', () => newest()?.PrivateData === '');
    expect([await anna.client.setPrivateData(callId, 'x'.repeat(4097)), refusal()]).toEqual([
      ...[false, 'dataTooLong'],
    ]);
    expect([await anna.client.setPrivateData(callId + 1000, 'x'), refusal()]).toEqual([false, 'unknownCall']);
  });

  test('SYS-27 IVR data is set by label: a new one is a new field, one that is there is changed', async () => {
    await talk();
    expect(await anna.client.setIVRData(callId, 'Account', '12-34')).toBe(true);
    expect(await anna.client.setIVRData(callId, 'IVR3', 'gold')).toBe(true);
    expect(await anna.client.setIVRData(callId, 'account', '56-78')).toBe(true);
    await until('the last change comes', () => newest()?.IVRData[0] === '56-78');
    expect(newest()).toMatchObject({
      IVRLabels: ['Account', '', 'IVR3'],
      IVRData: ['56-78', '', 'gold'],
      CallInfo: { IVRDataString: '56-78,,gold', IVRLabelString: 'Account,,IVR3' },
    });
    expect(await anna.client.getCalls()).toEqual([newest()]);
    expect([await anna.client.setIVRData(callId, '', 'x'), refusal()]).toEqual([false, 'invalidLabel']);
  });

  test('SYS-28 IVR data set with a CDR has its row in the call detail record; set without, it has none', async () => {
    await talk();
    const asked = Date.now();
    expect(await anna.client.setIVRData(callId, 'Language', 'sv')).toBe(true);
    expect(await anna.client.setIVRDataWithCDR(callId, 'Account', '12-34')).toBe(true);
    await until('the record has it', async () => (await details('ivrData')).length > 0);
    const rows = await details('ivrData');
    expect(rows).toMatchObject([{ call_id: `${callId}`, agent_id: 1, detail: 'Account', data: '12-34' }]);
    expect(Math.abs(momentOf(rows[0]) - asked)).toBeLessThan(60_000);
    expect(newest()?.IVRData).toEqual(['sv', '12-34']);
  });

  test('SYS-29 setName changes the name that the agent sees, and no other property', async () => {
    const before = newest();
    expect(await anna.client.setName(callId, 'Dr Ström 🌊')).toBe(true);
    await until('it comes', () => newest()?.CallerName === 'Dr Ström 🌊');
    expect(newest()).toEqual({ ...before, CallerName: 'Dr Ström 🌊' });
  });

  test('SYS-30 extendClerical prolongs the clerical state by the time of the service group, which then ends it', async () => {
    await talk();
    expect([await anna.client.extendClerical(callId), refusal()]).toEqual([false, 'notInClerical']);
    expect(await anna.client.hangupActiveCall()).toBe(true);
    await anna.call(SessionState.Clerical, after);
    expect(await anna.client.extendClerical(callId)).toBe(true);
    const idle = await anna.call(SessionState.Idle, after);
    expect(idle.ID).toBe(callId);
    await until('the record is complete', async () => (await details('clericalEnded')).length > 0);
    const at = async (type: string) => (await details(type)).map(momentOf);
    const [[started = 0], [ended = 0]] = [await at('clericalStarted'), await at('clericalEnded')];
    expect(await at('clericalExtended')).toHaveLength(1);
    expect(ended - started).toBeGreaterThanOrEqual(2 * clericalSeconds * 1000);
  });

  test('SYS-31 e-mail, open media and chat are Ready each for itself, and every change is told', async () => {
    const told = anna.statuses.length;
    expect(await anna.client.setEmailReadyStatus(true)).toBe(true);
    expect(await anna.client.setOpenMediaReadyStatus(true)).toBe(true);
    expect(await anna.client.setChatReadyStatus(true)).toBe(true);
    expect(await anna.client.setEmailReadyStatus(false)).toBe(true);
    await until('all are told', () => anna.statuses.length === told + 4);
    expect(
      anna.statuses
        .slice(told)
        .map(each => [each.EmailReadyStatus, each.OpenMediaReadyStatus, each.ChatReadyStatus]),
    ).toEqual([
      [true, false, false],
      [true, true, false],
      [true, true, true],
      [false, true, true],
    ]);
    expect(await anna.client.getUserInformation()).toEqual(anna.statuses.at(-1));
  });

  test('SYS-32 canMakeCall, canConference and canTransfer say what the agent can do now', async () => {
    const abilities = async () => ({
      call: await anna.client.canMakeCall(),
      conference: await anna.client.canConference(),
      transfer: await anna.client.canTransfer(),
    });
    await talk();
    // with one call there is nobody to bring together
    expect(await abilities()).toEqual({ call: true, conference: false, transfer: false });
    expect(await agent.unregister()).toBe(200);
    await until('the phone is gone', async () => !(await anna.client.canMakeCall()));
    expect(await agent.register()).toBe(200);
    await until('the phone is back', () => anna.client.canMakeCall());
  });

  test('SYS-33 reasons, codes and templates are those of the configuration', async () => {
    const { client } = anna;
    expect(await client.getNotReadyReasons()).toEqual([
      { ID: 1, Name: 'Break' },
      { ID: 2, Name: 'Lunch' },
      { ID: 3, Name: 'Training' },
    ]);
    expect(await client.getCQCodes(1)).toEqual([
      { ID: 1, Code: 'SOLD', Name: 'Sold' },
      { ID: 2, Code: 'OFFER', Name: 'Offer sent' },
      { ID: 3, Code: 'BACK', Name: 'To be called back' },
    ]);
    expect([await client.getCQCodes(99), refusal()]).toEqual([[], 'unknownServiceGroup']);
    expect(await client.getEmailTemplates()).toEqual([{ ID: 1, Name: 'Offer' }]);
    expect(await client.getAttendantEmailTemplates()).toEqual([{ ID: 3, Name: 'Message' }]);
  });
});
