import { randomBytes } from 'node:crypto';
import type http from 'node:http';
import { framePath } from '@cordboard/contract';
import {
  emptyFrame,
  type FramedPages,
  frameHeaders,
  isTabScript,
  publicScriptHeaders,
  tabScriptHeaders,
} from '../../tabs/tab-pages.ts';
import type { Doorway, PageFile, Pages } from './pages.ts';

export interface PageSurroundings {
  door: Doorway;
  /** what the page may connect to: origins, as `ws://127.0.0.1:4711` */
  connect: readonly string[];
  /** absent: it shows no web tabs */
  tabs?: FramedPages;
}

const headersOf = ({ connect }: PageSurroundings, nonce: string): http.OutgoingHttpHeaders => ({
  'content-security-policy': [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src ${connect.join(' ')}`,
    "frame-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  // a page that forbids frames is opened in a window of its own, and is connected as one in a tab
  'cross-origin-opener-policy': 'same-origin-allow-popups',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
});

/** The names of built files hold a digest of what is in them. */
const named = 'public, max-age=31536000, immutable';

const accepts = (request: http.IncomingMessage, coding: string): boolean =>
  new RegExp(`(^|[,\\s])${coding}\\s*(,|$|;\\s*q=(1|0\\.[1-9]))`, 'i').test(
    `${request.headers['accept-encoding'] ?? ''}`,
  );

const bestOf = (request: http.IncomingMessage, file: PageFile): { coding: string | null; body: Buffer } => {
  if (file.brotli && accepts(request, 'br')) return { coding: 'br', body: file.brotli };
  if (file.gzip && accepts(request, 'gzip')) return { coding: 'gzip', body: file.gzip };
  return { coding: null, body: file.body };
};

const scriptHeadersOf = ({ door, tabs }: PageSurroundings, request: http.IncomingMessage) =>
  door === 'web' ? publicScriptHeaders : tabs && tabScriptHeaders(tabs, request);

/** Answers who asks for a page of the window; `path` is what follows where the window stands, `/` for its first page. */
export const answerPage = (
  pages: Pages,
  path: string,
  surroundings: PageSurroundings,
  request: http.IncomingMessage,
  response: http.ServerResponse,
): void => {
  const nonce = randomBytes(16).toString('base64');
  const headers = headersOf(surroundings, nonce);
  const end = (status: number, own: http.OutgoingHttpHeaders, body: string | Buffer) =>
    response
      .writeHead(status, {
        ...headers,
        'cache-control': 'no-store',
        'content-length': Buffer.byteLength(body),
        ...own,
      })
      .end(request.method === 'HEAD' ? undefined : body);
  if (request.method !== 'GET' && request.method !== 'HEAD')
    return void end(405, { 'content-type': 'text/plain' }, '');
  if (path === '/')
    return void end(
      200,
      { 'content-type': 'text/html; charset=utf-8' },
      pages.first(nonce, surroundings.door, surroundings.connect),
    );
  const { tabs } = surroundings;
  if (path === framePath) return void end(200, frameHeaders(tabs?.frameOrigins() ?? []), emptyFrame);
  const file = pages.files.get(path);
  if (!file) return void end(404, { 'content-type': 'text/plain' }, '');
  const { coding, body } = bestOf(request, file);
  end(
    200,
    {
      'content-type': file.type,
      'cache-control': named,
      vary: 'accept-encoding',
      ...(coding && { 'content-encoding': coding }),
      ...(isTabScript(path) && scriptHeadersOf(surroundings, request)),
    },
    body,
  );
};
