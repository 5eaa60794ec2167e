import { readFileSync } from 'node:fs';
import { CallType, checkOf, ICall, SessionState } from '@cordboard/contract';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Baresip } from '../phones/baresip.ts';
import { describeWithPrograms } from '../phones/programs.ts';
import { until } from '../phones/until.ts';
import { type DemoSite, greetingHertz, greetingSeconds, musicHertz, startDemoSite } from './demo-site.ts';
import type { Desk } from './desk.ts';

/** What each side says, and what counts as heard: the tones are sent at 0.24. */
const agentHertz = 440;
const customerHertz = 1000;
const heard = 0.1;
const unheard = 0.02;

/** One call from its first ring to the wrap-up and what is written of it: each test goes on where the one before ended. */
describeWithPrograms(['baresip'], 'the first call', () => {
  let site: DemoSite;
  let anna: Desk;
  let agent: Baresip;
  let customer: Baresip;
  let callId = 0;

  beforeAll(async () => {
    site = await startDemoSite();
    anna = await site.desk('anna');
    agent = await site.phone('1001', { answersItself: true, toneHertz: agentHertz });
    customer = await site.phone('2001', { name: 'Cecilia Customer', toneHertz: customerHertz });
    await until('the phone of the agent is registered', () => anna.registrations.at(-1) === true);
  }, 120_000);
  afterAll(() => site?.close(), 60_000);

  test('SYS-50 a caller whom nobody can take hears the greeting, and then music', async () => {
    await customer.dial('700');
    await customer.next('CALL_ESTABLISHED');
    await until('the greeting', async () => (await customer.listen(200)).level(greetingHertz) > heard);
    const music = async () => {
      const sound = await customer.listen(300);
      return sound.level(musicHertz) > heard && sound.level(greetingHertz) < unheard;
    };
    await until('music', music, (greetingSeconds + 5) * 1000);
    expect(anna.callEvents).toEqual([]);
  });

  test('SYS-51 the agent who becomes Ready is offered the caller: OnCallEvent has every documented property', async () => {
    expect(await anna.client.setReadyStatus(true)).toBe(true);
    const call = await anna.call(SessionState.Offered);
    callId = call.ID;
    expect(checkOf(ICall)(call)).toBeNull();
    expect(Object.keys(call).sort()).toEqual(Object.keys(ICall.properties).sort());
    expect(call).toMatchObject({
      CallerName: 'Cecilia Customer',
      PhoneNumber: '2001',
      CalledNumber: '700',
      Incoming: true,
      Type: CallType.Incoming,
      CanAnswer: true,
      CanReject: true,
      CanHangup: false,
      CanHold: false,
      ConnectedTime: null,
      EndTime: null,
      CallInfo: { CallingNumber: '2001', GroupName: 'Sales' },
    });
    expect(call.CallInfo.QueueDuration).toBeGreaterThanOrEqual(greetingSeconds);
    expect(await anna.client.getCalls()).toEqual([call]);
  });

  test('SYS-52 answered by the program, both sides hear each other and nobody else', async () => {
    expect(await anna.client.answerCall(callId)).toBe(true);
    const call = await anna.call(SessionState.Connected);
    expect(call).toMatchObject({ ID: callId, CanAnswer: false, CanHangup: true, CanHold: true });
    expect(call.ConnectedTime).not.toBeNull();
    await agent.next('CALL_ESTABLISHED');
    await until('the agent is heard', async () => (await customer.listen(200)).level(agentHertz) > heard);
    const [atCustomer, atAgent] = await Promise.all([customer.listen(1_000), agent.listen(1_000)]);
    expect(atCustomer.level(agentHertz)).toBeGreaterThan(heard);
    expect(atAgent.level(customerHertz)).toBeGreaterThan(heard);
    const others = [
      ...[customerHertz, musicHertz, greetingHertz].map(hertz => atCustomer.level(hertz)),
      ...[agentHertz, musicHertz, greetingHertz].map(hertz => atAgent.level(hertz)),
    ];
    expect(Math.max(...others)).toBeLessThan(unheard);
  });

  test('SYS-53 a caller on hold hears music and not the agent; retrieved, the agent', async () => {
    expect(await anna.client.holdActiveCall()).toBe(true);
    expect(await anna.call(SessionState.Held)).toMatchObject({ CanRetrieve: true, CanHold: false });
    await until('music', async () => (await customer.listen(200)).level(musicHertz) > heard);
    const held = await customer.listen(1_000);
    expect(held.level(musicHertz)).toBeGreaterThan(heard);
    expect(held.level(agentHertz)).toBeLessThan(unheard);

    const before = anna.callEvents.length;
    expect(await anna.client.retrieveCall(callId)).toBe(true);
    await anna.call(SessionState.Connected, before);
    await until('the agent', async () => (await customer.listen(200)).level(agentHertz) > heard);
    expect((await customer.listen(1_000)).level(musicHertz)).toBeLessThan(unheard);
    expect(await agent.hears()).toBe(true);
  });

  test('SYS-54 digits of the caller, of the phone of the agent and of the program reach the other side', async () => {
    await customer.sendDigits('12#');
    await until('the digits of the caller', () => agent.digitsHeard() === '12#');
    await agent.sendDigits('7');
    await until('the digit of the phone', () => customer.digitsHeard() === '7');
    expect(await anna.client.enterDtmfActiveCall('5,0*')).toBe(true);
    await until('the digits of the program', () => customer.digitsHeard() === '750*');
    expect(await anna.client.enterDtmfActiveCall('5x')).toBe(false);
    expect(anna.client.lastRefusal?.reason).toBe('invalidDigits');
  });

  test('SYS-55 hung up by the program the call is in clerical, until that is cancelled', async () => {
    expect(await anna.client.hangupCall(callId)).toBe(true);
    const clerical = await anna.call(SessionState.Clerical);
    expect(clerical.EndTime).not.toBeNull();
    await Promise.all([customer.next('CALL_CLOSED'), agent.next('CALL_CLOSED')]);
    expect((await anna.client.getCalls()).map(call => call.State)).toEqual([SessionState.Clerical]);
    expect(await anna.client.cancelClerical(callId)).toBe(true);
    const idle = await anna.call(SessionState.Idle);
    expect(idle).toMatchObject({ ID: callId, EndTime: clerical.EndTime });
    expect(await anna.client.getCalls()).toEqual([]);
    const { Offered, Connected, Held, Clearing, Clerical, Idle } = SessionState;
    expect(anna.statesOf(callId).filter(state => state !== Clearing)).toEqual([
      ...[Offered, Connected, Held, Connected, Clerical, Idle],
    ]);
  });

  test('SYS-56 Not Ready has its reason by id or by name, an unknown one is refused, Ready has none', async () => {
    const status = () =>
      anna.statuses.at(-1) && {
        ready: anna.statuses.at(-1)?.ReadyStatus,
        id: anna.statuses.at(-1)?.VoiceNotReadyReasonID,
        name: anna.statuses.at(-1)?.VoiceNotReadyReasonString,
      };
    expect(await anna.client.setReadyStatus(false, 2)).toBe(true);
    await expect.poll(status).toEqual({ ready: false, id: 2, name: 'Lunch' });
    expect(await anna.client.setReadyStatus(false, undefined, 'Training')).toBe(true);
    await expect.poll(status).toEqual({ ready: false, id: 3, name: 'Training' });
    expect(await anna.client.setReadyStatus(false, 99)).toBe(false);
    expect(anna.client.lastRefusal?.reason).toBe('unknownReason');
    expect(await anna.client.setReadyStatus(true)).toBe(true);
    await expect.poll(status).toEqual({ ready: true, id: 0, name: '' });
    expect(await anna.client.setReadyStatus(false)).toBe(true);
    await expect.poll(status).toEqual({ ready: false, id: 0, name: '' });
  });

  test('SYS-57 Agent.log tells the story line by line', async () => {
    const log = await anna.log();
    const story = [
      /REQ first call#\d+ setReadyStatus \{"status":true\}/,
      new RegExp(`EVT all\\(1\\) OnCallEvent .*"ID":${callId},.*"StateDescription":"Offered"`),
      new RegExp(`REQ first call#\\d+ answerCall \\{"callId":${callId}\\}`),
      /EVT .* OnCallEvent .*"StateDescription":"Connected"/,
      /REQ .* holdActiveCall/,
      /EVT .* OnCallEvent .*"StateDescription":"Held"/,
      /REQ .* retrieveCall/,
      /REQ .* enterDtmfActiveCall/,
      /REQ .* hangupCall/,
      /EVT .* OnCallEvent .*"StateDescription":"Clerical"/,
      /REQ .* cancelClerical/,
      /EVT .* OnCallEvent .*"StateDescription":"Idle"/,
      /REQ .* setReadyStatus \{"status":false,"reasonId":2\}/,
    ];
    const lines = log.split('\n');
    let at = 0;
    for (const part of story) {
      const found = lines.findIndex((line, index) => index >= at && part.test(line));
      expect(found, `${part} after line ${at}:\n${lines.slice(at).join('\n').slice(0, 4_000)}`).not.toBe(-1);
      at = found + 1;
    }
    // an answer stands beside the events that it led to, in either order
    expect(log).toMatch(/RES first call#\d+ answerCall true [\d.]+ ms/);
    expect(log).toMatch(/RES first call#\d+ enterDtmfActiveCall .*invalidDigits.* [\d.]+ ms/);
    expect(log).toMatch(/RES first call#\d+ setReadyStatus .*unknownReason.* [\d.]+ ms/);
    expect(anna.faults).toEqual([]);
  });

  test('SYS-58 no password stands in a log, on a command line or in an environment', async () => {
    const secrets = [anna.password, site.passwordOf('1001'), site.passwordOf('2001')];
    const pid = await anna.processId();
    const places = {
      'Agent.log': await anna.log(),
      'log of the server': site.log(),
      'command line': readFileSync(`/proc/${pid}/cmdline`, 'utf8'),
      environment: readFileSync(`/proc/${pid}/environ`, 'utf8'),
    };
    for (const [place, text] of Object.entries(places)) {
      expect(text, place).not.toBe('');
      for (const secret of secrets) expect(text.includes(secret), place).toBe(false);
    }
  });

  test('SYS-59 the journal has every step, and the call detail record the whole call', async () => {
    const details = async () => {
      const rows = await site.query('select type from call_detail where call_id = $1', [callId]);
      return rows.map(({ type }) => type);
    };
    await until('the record is complete', async () => (await details()).includes('clericalEnded'));
    expect(await details()).toEqual(
      expect.arrayContaining([
        ...['started', 'queued', 'offered', 'answered', 'held', 'retrieved'],
        ...['clericalStarted', 'clericalEnded', 'ended'],
      ]),
    );
    const [history] = await site.query('select * from call_history where call_id = $1', [callId]);
    expect(history).toMatchObject({ caller_number: '2001', called_number: '700', group_id: 1, agent_id: 1 });
    for (const moment of ['started_at', 'queued_at', 'answered_at', 'ended_at'])
      expect(history?.[moment], moment).toBeInstanceOf(Date);
    // no gap from the first step to the last, and nothing recorded that is not in it
    expect(
      await site.query(
        `select sum(last_seq - after_seq) = max(last_seq) as complete,
          max(last_seq) = (select last_seq from lease) as leased,
          max(last_seq) >= (select max(seq) from call_detail) as ahead
        from journal`,
      ),
    ).toEqual([{ complete: true, leased: true, ahead: true }]);
  });
});
