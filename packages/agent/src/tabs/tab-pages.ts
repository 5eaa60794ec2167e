import type http from 'node:http';
import type { Transport } from '@cordboard/contract';

/** What the window's server must know of web tabs. */
export interface FramedPages {
  /** of what frames may show */
  frameOrigins(): string[];
  /** whose pages may load the script */
  isPageOrigin(origin: string): boolean;
}

export interface TabPages extends FramedPages {
  welcome(transport: Transport, gone: () => void, page: { tab: string; origin: string }): void;
}

/**
 * Around each web page stands an empty one of ours, whose content security policy names the origins that the configuration
 * knows: the first page of the window is loaded before anybody has logged on, when nothing is configured yet.
 */
export const emptyFrame =
  '<!doctype html><html lang="en"><head><title>Tab</title></head><body></body></html>\n';

export const frameHeaders = (origins: readonly string[]): http.OutgoingHttpHeaders => ({
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': [
    "default-src 'none'",
    `frame-src ${origins.length === 0 ? "'none'" : origins.join(' ')}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'self'",
  ].join('; '),
  'x-frame-options': 'SAMEORIGIN',
});

export const isTabScript = (path: string): boolean => path === '/tab.js' || path === '/tab-classic.js';

/** The script is no secret, and its name holds no digest. */
const scriptHeaders = { 'cache-control': 'no-cache', 'cross-origin-resource-policy': 'cross-origin' };

/** On a desk modules are loaded (CORS) by configured pages: others need not find out that the application runs here. */
export const tabScriptHeaders = (
  tabs: FramedPages,
  { headers }: http.IncomingMessage,
): http.OutgoingHttpHeaders => ({
  ...scriptHeaders,
  vary: 'accept-encoding, origin',
  ...(headers.origin !== undefined &&
    tabs.isPageOrigin(headers.origin) && { 'access-control-allow-origin': headers.origin }),
});

/** At a server it is one script for the pages of all its agents. */
export const publicScriptHeaders: http.OutgoingHttpHeaders = {
  ...scriptHeaders,
  'access-control-allow-origin': '*',
};
