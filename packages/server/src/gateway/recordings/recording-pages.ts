import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import path from 'node:path';
import type {
  RecordingFile,
  RecordingFilter,
  RecordingScope,
  RecordingStore,
} from '../../store/recordings.ts';
import { serveFile } from './serve-file.ts';

export interface RecordingPagesOptions {
  store: Pick<RecordingStore, 'list' | 'find' | 'auditPlayback'>;
  /** of the site's recordings */
  folder: string;
  /** who may hear what: as configured now; undefined = no user any more */
  listener(agentId: number): Listener | undefined;
}

export interface Listener {
  tenantId: number;
  privileges: readonly string[];
}

/** `agentId`: who asks, as his token says; undefined = nobody who is logged on. */
export type RecordingPages = (
  request: IncomingMessage,
  response: ServerResponse,
  context: { agentId: number | undefined; headers: OutgoingHttpHeaders },
) => Promise<void>;

/** What is asked of `/recordings` by this path; null = something else. */
export const isRecordingPath = (pathname: string): boolean => /^\/recordings(\/\d{1,15})?$/.test(pathname);

/** `/recordings` lists, `/recordings/<id>` plays. No text of a request becomes part of a file's name. */
export function createRecordingPages(options: RecordingPagesOptions): RecordingPages {
  const { store, listener } = options;
  return async (request, response, { agentId, headers }) => {
    const refuse: Refuse = (status, reason, more = {}) =>
      answer(request, response, status, { reason }, { ...headers, ...more });
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      return refuse(405, 'methodNotAllowed', { Allow: 'GET, HEAD' });
    }
    // RFC 6750 §3
    const asking = agentId === undefined ? undefined : listener(agentId);
    if (agentId === undefined || asking === undefined) {
      return refuse(401, 'notLoggedOn', { 'WWW-Authenticate': 'Bearer' });
    }
    const scope = scopeOf(agentId, asking);
    if (scope === null) return refuse(403, 'missingPrivilege');
    const url = new URL(request.url ?? '/', 'http://gateway');
    const id = url.pathname.split('/')[2];
    if (id !== undefined) {
      const recording = await store.find(scope, Number(id));
      return play(options, { request, response, headers, agentId, recording, refuse });
    }
    const filter = readFilter(url.searchParams);
    if (filter === null) return refuse(400, 'malformed');
    answer(request, response, 200, { recordings: await store.list(scope, filter) }, headers);
  };
}

type Refuse = (status: number, reason: string, more?: OutgoingHttpHeaders) => void;

interface Playback {
  request: IncomingMessage;
  response: ServerResponse;
  headers: OutgoingHttpHeaders;
  agentId: number;
  recording: RecordingFile | null;
  refuse: Refuse;
}

async function play(
  { store, folder }: RecordingPagesOptions,
  { request, response, headers, agentId, recording, refuse }: Playback,
): Promise<void> {
  if (recording === null) return refuse(404, 'unknownRecording');
  if (recording.deleted) return refuse(410, 'deleted');
  if (!recording.ended) return refuse(409, 'stillRecording');
  // known before the first byte is out
  if (request.method === 'GET') await store.auditPlayback(agentId, recording);
  const file = path.join(folder, path.basename(recording.file));
  const served = await serveFile(request, response, { path: file, contentType: 'audio/wav', headers });
  if (!served) refuse(404, 'fileIsGone');
}

function answer(
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  body: object,
  headers: OutgoingHttpHeaders,
): void {
  const text = JSON.stringify(body);
  response
    .writeHead(status, {
      ...headers,
      'Content-Type': 'application/json; charset=utf-8',
      'Content-Length': Buffer.byteLength(text),
    })
    .end(request.method === 'HEAD' ? undefined : text);
}

/** Everybody's of the tenant, or one's own; null = none. */
function scopeOf(agentId: number, { tenantId, privileges }: Listener): RecordingScope | null {
  if (privileges.includes('playRecordings')) return { tenantId, agentId: null };
  return privileges.includes('record') ? { tenantId, agentId } : null;
}

const mostListed = 500;
const listedUnlessTold = 50;

/** Null: something in it is no number, no time, or out of bounds. */
function readFilter(query: URLSearchParams): RecordingFilter | null {
  try {
    return {
      agentId: number(query, 'agent', 2_147_483_647),
      groupId: number(query, 'group', 2_147_483_647),
      from: time(query, 'from'),
      until: time(query, 'until'),
      before: number(query, 'before', Number.MAX_SAFE_INTEGER),
      limit: number(query, 'limit', mostListed) ?? listedUnlessTold,
    };
  } catch (thrown) {
    if (thrown instanceof RangeError) return null;
    throw thrown;
  }
}

function number(query: URLSearchParams, name: string, most: number): number | null {
  const text = query.get(name);
  if (text === null) return null;
  const value = /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN;
  if (!(value >= 1 && value <= most)) throw new RangeError(name);
  return value;
}

function time(query: URLSearchParams, name: string): Date | null {
  const text = query.get(name);
  if (text === null) return null;
  const value = new Date(/^\d{4}-\d\d-\d\d(T[\d:.]{5,12}(Z|[+-]\d\d:\d\d))?$/.test(text) ? text : 'none');
  if (Number.isNaN(value.getTime())) throw new RangeError(name);
  return value;
}
