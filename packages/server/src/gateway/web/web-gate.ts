import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import {
  checkOf,
  framePath,
  pagePath,
  WebLogonRequest,
  type WebSessionOver,
  type WebVisit,
  webPaths,
  webVisitHeader,
  windowPaths,
  windowProtocols,
} from '@cordboard/contract';
import type { AccessToken, TokenSigner } from '../access-token.ts';
import type { LogonAnswer } from '../logon.ts';
import { refuseLogon } from '../logon.ts';
import type { Presence, PresentAgent } from '../presence.ts';
import { type OriginOptions, ownOrigins } from './own-origins.ts';
import { passRequest, passUpgrade } from './pass-on.ts';
import type { WebHosts } from './web-hosts.ts';
import { createWebTokenSigner, type WebToken } from './web-token.ts';

export interface WebGateOptions {
  origins: OriginOptions;
  hosts: WebHosts;
  key: Uint8Array;
  presence: Presence;
  tokens: TokenSigner;
  /** the token with which the application of a logon attaches next */
  tokenOf(agentId: number, logon: string): AccessToken;
  tokenSeconds: number;
  siteName(): string;
  logOn(body: unknown, address: string, form: 'browser'): Promise<LogonAnswer>;
  readBody(request: IncomingMessage): Promise<unknown>;
  headers: OutgoingHttpHeaders;
  maximumWindows: number;
}

/** What is served at /agent: the window's pages, its log-on, and its WebSockets, each for whose it is. */
export interface WebGate {
  serves(path: string): boolean;
  respond(path: string, request: IncomingMessage, response: ServerResponse): Promise<void>;
  upgrade(path: string, request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void>;
}

const checkLogon = checkOf(WebLogonRequest);
const base = webPaths.base.slice(0, -1);
const windows = new Set(Object.values(windowPaths).map(each => `${base}${each}`));

/** The token of a window, from its sub-protocols (a browser can set no header) or as a bearer's. */
const tokenOfSocket = ({ headers }: IncomingMessage): string => {
  const offered = `${headers['sec-websocket-protocol'] ?? ''}`.split(',').map(each => each.trim());
  const given = offered.find(each => each.startsWith(windowProtocols.tokenPrefix));
  return given !== undefined && offered.includes(windowProtocols.spoken)
    ? given.slice(windowProtocols.tokenPrefix.length)
    : '';
};

const bearerOf = ({ headers }: IncomingMessage): string =>
  /^Bearer ([\w.-]{1,256})$/i.exec(headers.authorization ?? '')?.[1] ?? '';

type Session =
  | { type: 'good'; token: WebToken; agent: PresentAgent }
  | { type: 'over'; over: WebSessionOver }
  | { type: 'stranger' }
  /** the site has no state yet */
  | { type: 'notReady' };

export function createWebGate(options: WebGateOptions): WebGate {
  const { hosts, presence } = options;
  const own = ownOrigins(options.origins);
  const signer = createWebTokenSigner(options.key);
  const open = new Set<Duplex>();

  const json = (response: ServerResponse, status: number, body: object, retryAfter?: number) => {
    const text = JSON.stringify(body);
    response
      .writeHead(status, {
        ...options.headers,
        ...(retryAfter !== undefined && { 'Retry-After': retryAfter }),
        'Content-Type': 'application/json; charset=utf-8',
        'Content-Length': Buffer.byteLength(text),
      })
      // the rest of a body that was too long is not read
      .end(text, () => response.req.complete || response.req.destroy());
  };

  function sessionOf(text: string): Session {
    const token = signer.read(text);
    if (token === null) return { type: 'stranger' };
    const agent = presence(token.agentId);
    if (agent === undefined) return { type: 'notReady' };
    if (agent === null) return { type: 'over', over: { reason: 'sessionOver' } };
    if (agent.logon === token.logon) return { type: 'good', token, agent };
    const { place } = agent;
    return { type: 'over', over: { reason: 'takenOver', ...(place && { elsewhere: place }) } };
  }

  async function logOn(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const isJson = (request.headers['content-type'] ?? '').split(';')[0]?.trim() === 'application/json';
    const body = isJson && own.isOrigin(request.headers) ? await options.readBody(request) : undefined;
    const wellFormed = checkLogon(body) === null;
    const { softphone = 0, ...wanted } = wellFormed ? (body as WebLogonRequest) : {};
    const answer = wellFormed
      ? await options.logOn(wanted, request.socket.remoteAddress ?? '', 'browser')
      : refuseLogon('malformed');
    if (answer.status !== 200)
      return json(response, answer.status, answer.body, answer.body.retryAfterSeconds);
    const token = options.tokens.read(answer.body.token);
    if (token === null) throw new Error('the logon gave a token that is not ours');
    json(response, 200, { token: signer.sign({ ...token, softphone }) });
  }

  function tellSession(request: IncomingMessage, response: ServerResponse): void {
    const session = sessionOf(bearerOf(request));
    if (session.type === 'good') response.writeHead(204, options.headers).end();
    else if (session.type === 'notReady') json(response, 503, { reason: 'notReady' }, 1);
    else json(response, 401, session.type === 'over' ? session.over : { reason: 'sessionOver' });
  }

  const visitOf = ({ agentId, logon, softphone }: WebToken, agent: PresentAgent): WebVisit => ({
    logon,
    softphone,
    logonId: agent.logonId,
    extension: agent.extension,
    grant: {
      token: options.tokens.sign(options.tokenOf(agentId, logon)),
      expiresInSeconds: options.tokenSeconds,
      agentId,
      privileges: [...agent.privileges],
      siteName: options.siteName(),
      broker: '/broker',
    },
  });

  /** The frame around a web tab allows what its agent's tabs show, which his own application knows. */
  async function hostFor(path: string, request: IncomingMessage): Promise<string | null> {
    if (path !== `${base}${framePath}`) return hosts.anyHost();
    const logon = new URLSearchParams(request.url?.split('?', 2)[1]).get('logon') ?? '';
    return (await hosts.knownHost(logon)) ?? hosts.anyHost();
  }

  /** null: may come in */
  const refusalOf = (path: string, request: IncomingMessage): string | null => {
    if (!own.isHost(request.headers)) return '421 Misdirected Request';
    if (!own.isOrigin(request.headers)) return '403 Forbidden';
    const isPage = path === `${base}${pagePath}`;
    if (!isPage && (!windows.has(path) || request.url !== path)) return '404 Not Found';
    return open.size >= options.maximumWindows ? '503 Service Unavailable' : null;
  };

  return {
    serves: path => path === base || path.startsWith(webPaths.base),
    async respond(path, request, response) {
      if (!own.isHost(request.headers))
        return json(response, 421, { reason: 'this server does not go by that name' });
      if (path === base)
        return void response.writeHead(308, { ...options.headers, Location: webPaths.base }).end();
      if (path === webPaths.logon && request.method === 'POST') return logOn(request, response);
      if (path === webPaths.session && request.method === 'GET') return tellSession(request, response);
      if (request.method !== 'GET' && request.method !== 'HEAD')
        return json(response, 405, { reason: 'method not allowed' });
      const { 'Strict-Transport-Security': strict } = options.headers;
      const beside = { ...(strict !== undefined && { 'Strict-Transport-Security': strict }) };
      const host = await hostFor(path, request);
      if (host === null || !(await passRequest(host, request, response, beside)))
        json(response, 503, { reason: 'notReady' }, 2);
    },
    async upgrade(path, request, socket, head) {
      const refuse = (status: string) => void socket.end(refusalText(status));
      const refusal = refusalOf(path, request);
      if (refusal !== null) return refuse(refusal);
      const session = sessionOf(tokenOfSocket(request));
      if (session.type === 'notReady') return refuse('503 Service Unavailable');
      if (session.type !== 'good') return refuse('401 Unauthorized');
      open.add(socket);
      socket.once('close', () => open.delete(socket));
      const host = await hosts.hostOf(session.token.logon);
      const visit = Buffer.from(JSON.stringify(visitOf(session.token, session.agent)));
      const beside = { [webVisitHeader]: visit.toString('base64url') };
      if (host === null || !(await passUpgrade(host, { request, socket, head }, beside)))
        refuse('503 Service Unavailable');
    },
  };
}

const refusalText = (status: string): string =>
  `HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`;
