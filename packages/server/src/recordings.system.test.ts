import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { CallRecordingState, SessionState } from '@cordboard/contract';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { AgentApplication } from './testing/application.ts';
import { type House, openHouse } from './testing/house.ts';

const patience = { timeout: 60_000, interval: 50 };
const { Stopped, Paused, Recording } = CallRecordingState;

let house: House;
beforeEach(async () => {
  house = await openHouse();
  await house.reload(text =>
    text
      .replaceAll('[useIntegrationInterface, makeCalls]', '[useIntegrationInterface, makeCalls, record]')
      .replaceAll('clericalSeconds: 0', 'clericalSeconds: 0, record: always'),
  );
  await house.start();
}, 60_000);
afterEach(() => house.close(), 60_000);

const shown = (application: AgentApplication) => {
  const call = application.calls().at(-1);
  return [call?.State, call?.RecordingState];
};

/** A call of a group that is always recorded, connected. */
async function talk() {
  await house.phone('1001');
  const application = await house.application('agent1');
  await application.request('setReadyStatus', { status: true });
  const customer = await house.phone('2001');
  const call = await customer.call('700');
  await expect.poll(() => shown(application)[0], patience).toBe(SessionState.Offered);
  const callId = application.calls().at(-1)?.ID ?? 0;
  await application.request('answerCall', { callId });
  await expect.poll(() => shown(application), patience).toEqual([SessionState.Connected, Recording]);
  return { application, call, callId };
}

const folder = () => path.join(house.folder, 'data', 'recordings');

async function listed(): Promise<Record<string, unknown>[]> {
  const logon = await fetch(`${house.url}/logon`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ logonId: 'agent1', password: 'secret', takeOver: true }),
  });
  const { token } = (await logon.json()) as { token: string };
  const headers = { authorization: `Bearer ${token}` };
  let recordings: Record<string, unknown>[] = [];
  await expect
    .poll(async () => {
      const answer = await fetch(`${house.url}/recordings`, { headers });
      ({ recordings } = (await answer.json()) as { recordings: Record<string, unknown>[] });
      return recordings.at(-1)?.['endedAt'] ?? null;
    }, patience)
    .not.toBeNull();
  return recordings;
}

test('REC-41 a recording that is paused when the server is killed is paused when it comes back, and goes on in its file', {
  timeout: 240_000,
}, async () => {
  const { application, call, callId } = await talk();
  await application.request('holdActiveCall');
  await expect.poll(() => shown(application), patience).toEqual([SessionState.Held, Paused]);
  await house.killServer();
  await house.start();
  await expect.poll(() => application.attaches.length, patience).toBe(2);
  expect(shown(application)).toEqual([SessionState.Held, Paused]);
  await application.request('retrieveCall', { callId });
  await expect.poll(() => shown(application), patience).toEqual([SessionState.Connected, Recording]);
  call.hangUp();
  await expect.poll(() => shown(application), patience).toEqual([SessionState.Idle, Stopped]);
  const recordings = await listed();
  expect(recordings).toHaveLength(1);
  expect(recordings[0]).toMatchObject({
    agentId: 1,
    cause: 'policy',
    milliseconds: expect.any(Number),
    pauses: [{ from: expect.any(String), until: expect.any(String) }],
  });
  expect(await readdir(folder())).toHaveLength(1);
});

test('REC-42 a recording that the death of the switch cuts off has ended, and its file can be played', {
  timeout: 240_000,
}, async () => {
  const { application } = await talk();
  const [file = ''] = await readdir(folder());
  // the header is brought up to date from time to time
  await expect
    .poll(async () => (await readFile(path.join(folder(), file))).readUInt32LE(40), patience)
    .toBeGreaterThan(0);
  await house.killSwitch();
  await expect.poll(() => shown(application), patience).toEqual([SessionState.Idle, Stopped]);
  expect(await listed()).toMatchObject([{ agentId: 1, milliseconds: null }]);
});
