import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { RecordingFile, RecordingFilter, RecordingScope } from '../../store/recordings.ts';
import { createRecordingPages, isRecordingPath } from './recording-pages.ts';

/** Agent 1 of tenant 1 records, 2 supervises there; 3 supervises in tenant 2; 4 may nothing. */
const listeners = new Map([
  [1, { tenantId: 1, privileges: ['record'] }],
  [2, { tenantId: 1, privileges: ['playRecordings'] }],
  [3, { tenantId: 2, privileges: ['playRecordings'] }],
  [4, { tenantId: 1, privileges: ['makeCalls'] }],
]);
const recordings: (RecordingFile & { tenantId: number })[] = [
  { id: 1, tenantId: 1, agentId: 1, file: 'a.wav', ended: true, deleted: false },
  { id: 2, tenantId: 1, agentId: 9, file: 'b.wav', ended: true, deleted: false },
  { id: 3, tenantId: 1, agentId: 1, file: 'c.wav', ended: false, deleted: false },
  { id: 4, tenantId: 1, agentId: 1, file: 'd.wav', ended: true, deleted: true },
  { id: 5, tenantId: 1, agentId: 1, file: 'gone.wav', ended: true, deleted: false },
  { id: 6, tenantId: 1, agentId: 1, file: '../secret', ended: true, deleted: false },
];
const sound = Buffer.from(Array.from({ length: 100 }, (_, index) => index));

let folder: string;
let server: Server;
let url: string;
const played: string[] = [];
const asked: [RecordingScope, RecordingFilter][] = [];

beforeAll(async () => {
  const parent = await mkdtemp(path.join(tmpdir(), 'recordings-'));
  folder = path.join(parent, 'inside');
  await mkdir(folder);
  await writeFile(path.join(parent, 'secret'), 'secret');
  await writeFile(path.join(folder, 'a.wav'), sound);
  await writeFile(path.join(folder, 'b.wav'), sound);
  const pages = createRecordingPages({
    folder,
    listener: agentId => listeners.get(agentId),
    store: {
      async list(scope, filter) {
        asked.push([scope, filter]);
        return [];
      },
      find: async (scope, id) =>
        recordings.find(
          each =>
            each.id === id &&
            each.tenantId === scope.tenantId &&
            (scope.agentId === null || scope.agentId === each.agentId),
        ) ?? null,
      auditPlayback: async (agentId, { id }) => void played.push(`${agentId} played ${id}`),
    },
  });
  server = createServer((request, response) => {
    const agentId = Number(request.headers.authorization ?? 0) || undefined;
    void pages(request, response, { agentId, headers: { 'Cache-Control': 'no-store' } });
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.close();
  await rm(path.dirname(folder), { recursive: true, force: true });
});
beforeEach(() => {
  played.length = 0;
  asked.length = 0;
});

const ask = (agentId: number, pathname: string, headers: Record<string, string> = {}, method = 'GET') =>
  fetch(url + pathname, {
    method,
    headers: { ...headers, ...(agentId > 0 && { authorization: `${agentId}` }) },
  });
const bytes = async (response: Response) => Buffer.from(await response.arrayBuffer());

test('REC-30 a recording is played as a whole, with its length, its tag and a row in the audit', async () => {
  const response = await ask(1, '/recordings/1');
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toBe('audio/wav');
  expect(response.headers.get('accept-ranges')).toBe('bytes');
  expect(response.headers.get('etag')).toMatch(/^"[\w-]+"$/);
  expect(await bytes(response)).toEqual(sound);
  expect(played).toEqual(['1 played 1']);
});

test('REC-31 a part of it is answered with 206, nothing of it with 416', async () => {
  const part = await ask(1, '/recordings/1', { range: 'bytes=10-19' });
  expect(part.status).toBe(206);
  expect(part.headers.get('content-range')).toBe('bytes 10-19/100');
  expect(await bytes(part)).toEqual(sound.subarray(10, 20));
  const none = await ask(1, '/recordings/1', { range: 'bytes=100-' });
  expect(none.status).toBe(416);
  expect(none.headers.get('content-range')).toBe('bytes */100');
});

test('REC-31 If-Range with another tag gets the whole, If-None-Match with the same nothing', async () => {
  const etag = (await ask(1, '/recordings/1', {}, 'HEAD')).headers.get('etag') ?? '';
  const changed = await ask(1, '/recordings/1', { range: 'bytes=0-1', 'if-range': '"other"' });
  expect(changed.status).toBe(200);
  const same = await ask(1, '/recordings/1', { range: 'bytes=0-1', 'if-range': etag });
  expect(same.status).toBe(206);
  expect((await ask(1, '/recordings/1', { 'if-none-match': `"x", W/${etag}` })).status).toBe(304);
});

test('REC-31 HEAD tells the length and plays nothing', async () => {
  const head = await ask(1, '/recordings/1', { range: 'bytes=0-9' }, 'HEAD');
  expect([head.status, head.headers.get('content-length')]).toEqual([200, '100']);
  expect((await bytes(head)).length).toBe(0);
  expect(played).toEqual([]);
});

test.each([
  [1, '/recordings/1', 200],
  [1, '/recordings/2', 404],
  [2, '/recordings/2', 200],
  [3, '/recordings/1', 404],
  [4, '/recordings/1', 403],
  [4, '/recordings', 403],
  [0, '/recordings/1', 401],
  [8, '/recordings/1', 401],
])('REC-32 agent %i is answered on %s with %i', async (agentId, pathname, status) => {
  expect((await ask(agentId, pathname)).status).toBe(status);
});

test.each([
  ['still being recorded', 3, 409],
  ['deleted', 4, 410],
  ['whose file is gone', 5, 404],
  ['with a name that would leave the folder', 6, 404],
  ['of nobody', 77, 404],
])('REC-33 a recording %s is refused', async (_title, id, status) => {
  const response = await ask(1, `/recordings/${id}`);
  expect(response.status).toBe(status);
  expect(await response.text()).not.toContain('secret');
});

test('REC-34 the list is of those that one may hear, filtered, in pages', async () => {
  await ask(1, '/recordings');
  await ask(2, '/recordings?agent=1&group=3&from=2026-11-22&until=2026-11-23T12:00:00Z&before=70&limit=10');
  const all = { agentId: null, groupId: null, from: null, until: null, before: null, limit: 50 };
  expect(asked).toEqual([
    [{ tenantId: 1, agentId: 1 }, all],
    [
      { tenantId: 1, agentId: null },
      {
        agentId: 1,
        groupId: 3,
        from: new Date('2026-11-22'),
        until: new Date('2026-11-23T12:00:00Z'),
        before: 70,
        limit: 10,
      },
    ],
  ]);
});

test.each(['limit=0', 'limit=501', 'limit=x', 'agent=-1', 'from=yesterday', 'before=1.5', 'group='])(
  'REC-34 %s is malformed',
  async query => {
    expect((await ask(2, `/recordings?${query}`)).status).toBe(400);
  },
);

test('REC-35 nothing but GET and HEAD, and no other path', async () => {
  expect((await ask(1, '/recordings/1', {}, 'DELETE')).status).toBe(405);
  const others = ['/recordings/', '/recordings/a.wav', '/recordings/../x', '/recordings/1/2', '/recording'];
  expect(others.filter(isRecordingPath)).toEqual([]);
});
