import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { CallRecordingState, SessionState } from '@cordboard/contract';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type DemoSite, musicHertz, startDemoSite } from '../first-call/demo-site.ts';
import type { Desk } from '../first-call/desk.ts';
import type { Baresip } from '../phones/baresip.ts';
import { describeWithPrograms } from '../phones/programs.ts';
import { until } from '../phones/until.ts';
import { isIn, most, sidesOf } from './recorded.ts';

const { Offered, Connected, OnHold, Clearing, Clerical, Idle } = SessionState;
const annaHertz = 700;
const { Paused, Recording } = CallRecordingState;
const promptHertz = 1300;
const thanksHertz = 1500;
const customerHertz = 1000;
const heard = 0.1;
/** what the customer types; it must be seen nowhere but in the IVR data */
const code = '8264';

/** A customer identifies himself by digits on a real phone, while the agent waits. */
describeWithPrograms(['baresip'], 'the authentication of customers', () => {
  let site: DemoSite;
  let anna: Desk;
  let annasPhone: Baresip;
  let customer: Baresip;

  beforeAll(async () => {
    site = await startDemoSite({
      clericalSeconds: 1,
      tones: {
        'enter-pin': promptHertz,
        'thank-you': { hertz: thanksHertz, seconds: 0.5 },
        'invalid-choice': 1700,
      },
    });
    [anna, annasPhone] = await site.agent('anna', '1001', annaHertz);
    customer = await site.phone('2001', { name: 'Cecilia Customer', toneHertz: customerHertz });
    expect(await anna.client.setReadyStatus(true)).toBe(true);
  }, 120_000);
  afterAll(() => site?.close(), 60_000);

  /** Anna speaks with a customer and sends him to the authentication. */
  async function authenticating(talking?: (id: number) => Promise<void>): Promise<number> {
    const before = anna.callEvents.length;
    await customer.dial('700');
    const { ID } = await anna.call(Offered, before);
    expect(await anna.client.answerCall(ID)).toBe(true);
    await until('Anna speaks', () => anna.statesOf(ID).at(-1) === Connected);
    await talking?.(ID);
    expect(await anna.client.deflectCall(ID, '790')).toBe(true);
    const held = await anna.call(OnHold, before);
    expect(held).toMatchObject({
      ID,
      StateDescription: 'Authenticating',
      CanHangup: false,
      CanRetrieve: false,
    });
    await until('the prompt', async () => (await customer.listen(200)).level(promptHertz) > heard);
    return ID;
  }

  test('SYS-83 the agent waits with music, and has the call back with what the customer has entered', async () => {
    const id = await authenticating();
    await until('music', async () => (await annasPhone.listen(200)).level(musicHertz) > heard);
    await customer.sendDigits(code);
    await until('Anna has him back', () => anna.statesOf(id).at(-1) === Connected);
    expect(anna.statesOf(id)).toEqual([Offered, Connected, OnHold, Connected]);
    const call = anna.callEvents.at(-1);
    expect(call).toMatchObject({
      ID: id,
      IVRLabels: ['AuthDigits', 'AuthResult'],
      IVRData: [code, 'completed'],
    });
    await until('Anna', async () => (await customer.listen(200)).level(annaHertz) > heard);
    expect(await anna.client.hangupCall(id)).toBe(true);
    await until('Anna is free', () => anna.statesOf(id).at(-1) === Idle);
  });

  test('SYS-83 nobody finds the digits in the record, the log of the server or Agent.log', async () => {
    const rows = await until('the record is written', async () => {
      const found = await site.query('select * from call_detail');
      return found.some(each => each['type'] === 'authenticationEnded') ? found : undefined;
    });
    expect(rows.find(each => each['type'] === 'digits')).toMatchObject({ data: '****' });
    expect(JSON.stringify(rows)).not.toContain(code);
    expect(site.log()).not.toContain(code);
    const desk = await anna.log();
    expect(desk).toContain('AuthDigits');
    expect(desk).not.toContain(code);
  });

  test('SYS-145 a recording is paused meanwhile: nothing of it is in the file, neither sound nor time', async () => {
    const shown = (id: number, state: CallRecordingState) =>
      until(
        `RecordingState ${state}`,
        () => anna.callEvents.findLast(call => call.ID === id)?.RecordingState === state,
      );
    const speak = async () => void (await customer.listen(800));
    const id = await authenticating(async talking => {
      expect(await anna.client.startRecording(0, false)).toBe(true);
      await shown(talking, Recording);
      await speak();
    });
    await shown(id, Paused);
    await until('music', async () => (await annasPhone.listen(200)).level(musicHertz) > heard);
    await customer.sendDigits(code);
    await shown(id, Recording);
    await until('Anna', async () => (await customer.listen(200)).level(annaHertz) > heard);
    await speak();
    expect(await anna.client.hangupCall(id)).toBe(true);
    await until('Anna is free', () => anna.statesOf(id).at(-1) === Idle);
    const recording = await until('the recording is complete', async () => {
      const [row] = await site.query(`select file, milliseconds,
        extract(epoch from ended_at - started_at) * 1000 as lasted,
        extract(epoch from resumed_at[1] - paused_at[1]) * 1000 as paused
        from recording where milliseconds > 0`);
      return row;
    });
    const { left, right } = sidesOf(
      await readFile(path.join(site.folder, 'data', 'recordings', String(recording['file']))),
    );
    expect([isIn(annaHertz, left), isIn(customerHertz, right)]).toEqual([true, true]);
    for (const hertz of [musicHertz, promptHertz, thanksHertz]) {
      expect(
        [most(hertz, left), most(hertz, right)].every(each => each < heard / 2),
        `${hertz} Hz`,
      ).toBe(true);
    }
    const [lasted, paused] = [Number(recording['lasted']), Number(recording['paused'])];
    expect(paused).toBeGreaterThan(1000);
    expect(Number(recording['milliseconds'])).toBeLessThan(lasted - paused / 2);
  });

  test('SYS-84 clearAuthenticatingCall frees the agent; the customer goes on and then waits again', async () => {
    const id = await authenticating();
    expect(await anna.client.clearAuthenticatingCall(id)).toBe(true);
    await until('Anna is free', () => anna.statesOf(id).at(-1) === Idle);
    expect(anna.statesOf(id)).toEqual([Offered, Connected, OnHold, Clearing, Clerical, Idle]);
    const before = anna.callEvents.length;
    await customer.sendDigits(code);
    const again = await anna.call(Offered, before);
    expect(again).toMatchObject({ PhoneNumber: '2001', IVRData: [code, 'completed'] });
    expect(again.ID).not.toBe(id);
    await customer.hangUp();
    await until('it is over', () => anna.statesOf(again.ID).at(-1) === Idle);
  });

  test('SYS-84 clearCurrentAuthenticatingCall needs no id', async () => {
    const id = await authenticating();
    expect(await anna.client.clearCurrentAuthenticatingCall()).toBe(true);
    await until('Anna is free', () => anna.statesOf(id).at(-1) === Idle);
    expect(await anna.client.clearCurrentAuthenticatingCall()).toBe(false);
    expect(anna.client.lastRefusal?.reason).toBe('noActiveCall');
    await customer.hangUp();
  });
});
