import {
  checkOf,
  framePath,
  type LaunchParameters,
  LogonRefusal,
  WebGrant,
  type WebLogonRequest,
  WebSessionOver,
  webPaths,
} from '@cordboard/contract';
import type { Door } from '../connection/door.ts';

/** Where the page keeps what it knows: the session for this tab alone, who logged on last for this browser. */
export interface WebStores {
  session: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
  browser: Pick<Storage, 'getItem' | 'setItem'>;
}

export type WebLogonOutcome =
  | { type: 'granted' }
  | { type: 'refused'; refusal: Pick<LogonRefusal, 'reason' | 'elsewhere' | 'retryAfterSeconds'> }
  | { type: 'unreachable' };

export interface WebSessionOptions {
  stores: WebStores;
  fetch: typeof fetch;
  onOver(over: WebSessionOver): void;
}

/**
 * The log-on of a page that the server serves:
 *
 *            logOn(), granted
 *   nobody ───────────────────► session ── refused by the server, or forgotten ──► nobody
 *      '────── a reload finds the token in the tab's own store ─────►
 */
export interface WebSession extends Door {
  logOn(parameters: LaunchParameters, takeOver: boolean): Promise<WebLogonOutcome>;
  forget(): void;
  remembered(): Remembered;
}

export interface Remembered {
  logonId: string;
  extension: string;
  site: string;
  softphone: boolean;
}

const tokenKey = 'cordboard.session';
const lastKey = 'cordboard.last-logon';

const checkGrant = checkOf(WebGrant);
const checkRefusal = checkOf(LogonRefusal);
const checkOver = checkOf(WebSessionOver);

const jsonOf = async (response: Response): Promise<unknown> => {
  try {
    return await response.json();
  } catch {
    // a proxy's page, or half an answer
    return null;
  }
};

const requestOf = (parameters: LaunchParameters, takeOver: boolean): WebLogonRequest => ({
  logonId: parameters.logonId ?? '',
  password: parameters.password ?? '',
  ...(parameters.extension && { extension: parameters.extension }),
  ...(parameters.extensionPassword && { extensionPassword: parameters.extensionPassword }),
  ...(parameters.siteName && { siteName: parameters.siteName }),
  softphone: parameters.softphone === 1 ? 1 : 0,
  ...(takeOver && { takeOver }),
});

const nobodyYet: Remembered = { logonId: '', extension: '', site: '', softphone: false };

export const createWebSession = ({ stores, fetch, onOver }: WebSessionOptions): WebSession => {
  let token = stores.session.getItem(tokenKey);

  const remember = ({ logonId, extension = '', siteName = '', softphone = 0 }: WebLogonRequest) =>
    stores.browser.setItem(
      lastKey,
      JSON.stringify({ logonId, extension, site: siteName, softphone: softphone === 1 }),
    );

  return {
    token: () => token,
    async logOn(parameters, takeOver) {
      const request = requestOf(parameters, takeOver);
      let response: Response;
      try {
        response = await fetch(webPaths.logon, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(request),
          redirect: 'error',
        });
      } catch {
        // no network, or no server
        return { type: 'unreachable' };
      }
      const answer = await jsonOf(response);
      if (response.ok && checkGrant(answer) === null) {
        ({ token } = answer as WebGrant);
        stores.session.setItem(tokenKey, token);
        remember(request);
        return { type: 'granted' };
      }
      return checkRefusal(answer) === null
        ? { type: 'refused', refusal: answer as LogonRefusal }
        : { type: 'unreachable' };
    },
    async stillOpens() {
      const asked = token;
      if (asked === null) return false;
      try {
        const response = await fetch(webPaths.session, {
          headers: { authorization: `Bearer ${asked}` },
          cache: 'no-store',
          redirect: 'error',
        });
        if (response.status !== 401 || token !== asked) return token !== null;
        const answer = await jsonOf(response);
        if (token !== asked || checkOver(answer) !== null) return token !== null;
        this.forget();
        onOver(answer as WebSessionOver);
        return false;
      } catch {
        // no network, or no server: later
        return true;
      }
    },
    // the name of a logon opens nothing: it says whose tabs these are
    frame: () => `.${framePath}?logon=${token?.split('.')[1] ?? ''}`,
    forget() {
      token = null;
      stores.session.removeItem(tokenKey);
    },
    remembered() {
      try {
        const { logonId, extension, site, softphone } = JSON.parse(
          stores.browser.getItem(lastKey) ?? '{}',
        ) as Record<string, unknown>;
        return {
          logonId: typeof logonId === 'string' ? logonId : '',
          extension: typeof extension === 'string' ? extension : '',
          site: typeof site === 'string' ? site : '',
          softphone: softphone === true,
        };
      } catch {
        // somebody else's
        return nobodyYet;
      }
    },
  };
};
