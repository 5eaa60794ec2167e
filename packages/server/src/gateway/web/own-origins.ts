import type { IncomingHttpHeaders } from 'node:http';
import { isLoopback } from '../loopback.ts';

/**
 * Under which names the web application is reached: those of this machine, where the gateway listens there, and the public
 * origins that the configuration names. A name that somebody else lets point here (DNS rebinding) is none of them.
 */
export interface OwnOrigins {
  isHost(headers: IncomingHttpHeaders): boolean;
  /** Only browsers say where a page comes from; who does not say is no browser, and no window. */
  isOrigin(headers: IncomingHttpHeaders): boolean;
}

export interface OriginOptions {
  listen: { host: string; port: number };
  tls: boolean;
  /** `https://agents.example.com` */
  configured: readonly string[];
}

/** All of this machine's addresses, the loopback too */
const everywhere = ['0.0.0.0', '::'];

export function ownOrigins({ listen, tls, configured }: OriginOptions): OwnOrigins {
  const scheme = tls ? 'https' : 'http';
  const here = isLoopback(listen.host) || everywhere.includes(listen.host);
  const loopback = here
    ? ['127.0.0.1', 'localhost', '[::1]'].map(name => `${scheme}://${name}:${listen.port}`)
    : [];
  // as browsers write them: without the port that the scheme has anyhow
  const origins = new Set([...loopback, ...configured].map(each => new URL(each).origin));
  const hosts = new Set([...origins].map(each => new URL(each).host));
  return {
    isHost: ({ host }) => host !== undefined && hosts.has(host.toLowerCase()),
    isOrigin: ({ origin }) => origin !== undefined && origins.has(origin),
  };
}
