import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { CallRecordingState, SessionState } from '@cordboard/contract';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type DemoSite, musicHertz, startDemoSite } from '../first-call/demo-site.ts';
import type { Desk } from '../first-call/desk.ts';
import type { Baresip } from '../phones/baresip.ts';
import { describeWithPrograms } from '../phones/programs.ts';
import { until } from '../phones/until.ts';
import { isIn, most, sidesOf } from './recorded.ts';
import { heard } from './voices.ts';

const annaHertz = 440;
const customerHertz = 1000;
const noticeHertz = 1700;
const { Stopped, Paused, Recording } = CallRecordingState;

interface Listed {
  id: number;
  agentId: number;
  groupId: number;
  startedAt: string;
  endedAt: string;
  milliseconds: number;
  pauses: { from: string; until: string }[];
}

/** One recording from the request to its deletion's audit: each test goes on where the one before ended. */
describeWithPrograms(['baresip'], 'recording', () => {
  let site: DemoSite;
  let anna: Desk;
  let agent: Baresip;
  let customer: Baresip;
  let callId = 0;
  let token = '';
  let listed: Listed | undefined;
  let file: Buffer;

  beforeAll(async () => {
    site = await startDemoSite({
      clericalSeconds: 0,
      tones: { 'you-are-recorded': noticeHertz },
      change(section) {
        for (const group of section.serviceGroups) group.recordingAnnouncement = 'you-are-recorded';
      },
    });
    [anna, agent] = await site.agent('anna', '1001', annaHertz);
    customer = await site.phone('2001', { name: 'Cecilia Customer', toneHertz: customerHertz });
  }, 120_000);
  afterAll(() => site?.close(), 60_000);

  const shown = (state: CallRecordingState) =>
    until(`RecordingState ${state}`, () =>
      anna.callEvents.findLast(call => call.ID === callId)?.RecordingState === state ? true : undefined,
    );

  async function talk(): Promise<void> {
    const after = anna.callEvents.length;
    await customer.dial('700');
    expect(await anna.client.setReadyStatus(true)).toBe(true);
    callId = (await anna.call(SessionState.Offered, after)).ID;
    expect(await anna.client.answerCall(callId)).toBe(true);
    await anna.call(SessionState.Connected, after);
    await until('they talk', async () => (await customer.listen(200)).level(annaHertz) > heard);
  }

  /** So that there is something in the file: what the customer hears is measured as long. */
  const speak = async (milliseconds: number) => void (await customer.listen(milliseconds));

  test('SYS-100 the program records the call, which is shown', async () => {
    await talk();
    expect(await anna.client.stopRecording(0)).toBe(false);
    expect(anna.client.lastRefusal).toMatchObject({ reason: 'notRecording' });
    expect(await anna.client.startRecording(0, false)).toBe(true);
    await shown(Recording);
  });

  test('SYS-144 both are told that they are recorded, over what they hear of each other', async () => {
    const told = async (who: string, phone: Baresip, other: number) =>
      until(`the notice for the ${who}`, async () => {
        const sound = await phone.listen(200);
        return sound.level(noticeHertz) > heard && sound.level(other) > heard;
      });
    await Promise.all([told('customer', customer, annaHertz), told('agent', agent, customerHertz)]);
    await until('its end', async () => (await customer.listen(200)).level(noticeHertz) < heard / 2);
    await speak(800);
  });

  test('SYS-100 on hold it is Paused, then Recording again until it is Stopped', async () => {
    expect(await anna.client.holdActiveCall()).toBe(true);
    await shown(Paused);
    await until('music', async () => (await customer.listen(200)).level(musicHertz) > heard);
    await speak(1000);
    expect(await anna.client.retrieveCall(callId)).toBe(true);
    await shown(Recording);
    await until('they talk', async () => (await customer.listen(200)).level(annaHertz) > heard);
    await speak(800);
    expect(await anna.client.stopRecording(0)).toBe(true);
    await shown(Stopped);
    expect(anna.faults).toEqual([]);
  });

  test('SYS-101 a supervisor finds it over HTTP; who may not, does not', async () => {
    const { password } = await site.machine('eva');
    const logon = await fetch(`${site.gateway}/logon`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ logonId: 'eva', password }),
    });
    ({ token } = (await logon.json()) as { token: string });
    expect((await fetch(`${site.gateway}/recordings`)).status).toBe(401);
    const forged = { authorization: `Bearer ${token.slice(0, -1)}` };
    expect((await fetch(`${site.gateway}/recordings`, { headers: forged })).status).toBe(401);
    listed = await until('the recording is listed', async () => {
      const answer = await fetch(`${site.gateway}/recordings?agent=1`, {
        headers: { authorization: `Bearer ${token}` },
      });
      const { recordings } = (await answer.json()) as { recordings: Listed[] };
      return recordings[0]?.milliseconds ? recordings[0] : undefined;
    });
    expect(listed).toMatchObject({ agentId: 1, groupId: 1, pauses: [{ until: expect.any(String) }] });
  });

  test('SYS-102 the file has the agent left and the customer right, and nothing of the pause, neither sound nor time', async () => {
    const answer = await fetch(`${site.gateway}/recordings/${listed?.id}`, {
      headers: { authorization: `Bearer ${token}` },
    });
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'audio/wav']);
    file = Buffer.from(await answer.arrayBuffer());
    const { left, right } = sidesOf(file);
    expect([isIn(annaHertz, left), isIn(customerHertz, right)]).toEqual([true, true]);
    const others = [
      most(customerHertz, left),
      most(musicHertz, left),
      most(annaHertz, right),
      most(musicHertz, right),
    ];
    expect(Math.max(...others)).toBeLessThan(heard / 2);
    const [pause] = listed?.pauses ?? [];
    const paused = Date.parse(pause?.until ?? '') - Date.parse(pause?.from ?? '');
    const whole = Date.parse(listed?.endedAt ?? '') - Date.parse(listed?.startedAt ?? '');
    expect(listed?.milliseconds).toBeLessThan(whole - paused / 2);
    expect(Math.round(left.length / 8)).toBe(listed?.milliseconds);
  });

  test('SYS-103 a player gets the part that it asks for, and the audit has who played it', async () => {
    const part = await fetch(`${site.gateway}/recordings/${listed?.id}`, {
      headers: { authorization: `Bearer ${token}`, range: 'bytes=44-8043' },
    });
    expect([part.status, part.headers.get('content-range')]).toEqual([206, `bytes 44-8043/${file.length}`]);
    expect(Buffer.from(await part.arrayBuffer())).toEqual(file.subarray(44, 8044));
    expect(
      await site.query(
        "select agent_id, subject_agent_id, recording_id::int from audit where action = 'recordingPlayed'",
      ),
    ).toEqual([{ agent_id: 5, subject_agent_id: 1, recording_id: listed?.id }]);
  });

  test('SYS-104 with AllCalls the next call is recorded too, in a file of its own that ends with the call', async () => {
    expect(await anna.client.startRecording(0, true)).toBe(true);
    await shown(Recording);
    await customer.hangUp();
    await anna.call(SessionState.Idle);
    await talk();
    await shown(Recording);
    await speak(500);
    await customer.hangUp();
    const complete = await until('three recordings are complete', async () => {
      const rows = await site.query(
        'select file, milliseconds from recording where milliseconds > 0 order by id',
      );
      return rows.length === 3 ? rows : undefined;
    });
    const files = await readdir(path.join(site.folder, 'data', 'recordings'));
    expect(complete.map(each => each['file']).sort()).toEqual(files.sort());
    const [last] = files.sort().slice(-1);
    const { left } = sidesOf(await readFile(path.join(site.folder, 'data', 'recordings', last ?? '')));
    expect(isIn(annaHertz, left)).toBe(true);
    expect(await anna.client.stopRecording(0)).toBe(true);
    expect(await agent.hears()).toBe(false);
  });
});
