import { createHash } from 'node:crypto';
import path from 'node:path';
import type { Clock, LogonGrant, Timer, Transport, WebHostSettings, WebVisit } from '@cordboard/contract';
import { startAgentApplication, type WindowWelcome } from '../host/agent-application.ts';
import type { Door } from '../host/door.ts';
import type { SoftphoneMemory } from '../host/softphone.ts';
import { createAgentLog } from '../log/agent-log.ts';
import { isLogLevel, LogLevel } from '../log/level.ts';
import { openRotatingFile } from '../log/rotating-file.ts';
import type { FramedPages } from '../tabs/tab-pages.ts';

export type WindowKind = 'program' | 'desk' | { tab: string; origin: string };

export interface WebApplicationOptions {
  /** the first window's */
  visit: WebVisit;
  settings: WebHostSettings;
  clock: Clock;
  connectBroker(url: URL): Transport;
  /** what the applications of this process know of the switch */
  softphone?: SoftphoneMemory;
  /** it serves nobody any more */
  onEnded(): void;
}

/**
 * The Agent application of one logon, beside the server:
 *
 *              attached, or late           last window closes
 *   starting ────────────────────► serving ─────────────────► alone ── idleSeconds ──► ended
 *                                   │   ▲──── a window opens ────'                      ▲
 *                                   └── logged off, or taken over ──► over ── no window ┘
 *
 * It ends as an application does that is lost: the agent stays logged on until the site's grace is over, and a window that comes
 * back in time finds him as he was. Only `deskLogOff` logs him off.
 */
export interface WebApplication {
  welcome(kind: WindowKind, transport: Transport, gone: () => void): Promise<void>;
  end(): Promise<void>;
  readonly tabs: FramedPages | null;
}

/** Programs have a socket on the agent's own machine; here is none. */
const noDoor: Door = { open: async () => {}, show() {}, hide() {}, close: async () => {} };
const nowhere = { folder: '', file: '', endpoint: '' };

/** A window is let in when there is something to show; so long it waits for that. */
const patienceMilliseconds = 5_000;
/** Windows of a session that is over close by themselves, and are closed after this. */
const overMilliseconds = 30_000;

export const startWebApplication = async (options: WebApplicationOptions): Promise<WebApplication> => {
  const { visit, settings, clock } = options;
  const logFile = path.join(settings.logFolder, `agent-${visit.grant.agentId}.log`);
  const logLevel = isLogLevel(settings.logLevel) ? settings.logLevel : LogLevel.info;
  const log = createAgentLog({
    file: openRotatingFile({ file: logFile, maximumBytes: 4_000_000, files: 3 }),
    now: clock.now,
    level: logLevel,
    maskCustomerData: false,
  });
  const ready = Promise.withResolvers<void>();
  let grant: LogonGrant | null = visit.grant;
  let welcomes: WindowWelcome | null = null;
  let windows = 0;
  let state: 'serving' | 'over' | 'ended' = 'serving';
  let timer: Timer = clock.after(patienceMilliseconds, ready.resolve);

  const application = await startAgentApplication({
    places: nowhere,
    door: noDoor,
    // the same for whoever serves this logon: a request that is sent again after a crash acts once
    instance: createHash('sha256').update(visit.logon).digest('base64url'),
    settings: () => ({
      server: 'http://gateway',
      site: null,
      extension: null,
      logLevel,
      maskCustomerData: false,
      logFile,
      windowPort: 0,
    }),
    log,
    clock,
    ...(options.softphone && { softphone: options.softphone }),
    // the page has logged on already; who is refused with its grant has no other
    async logOn() {
      const given = grant;
      grant = null;
      return given
        ? { type: 'granted', grant: given }
        : { type: 'refused', refusal: { reason: 'loggedOnElsewhere', text: 'the session is over' } };
    },
    connectBroker: options.connectBroker,
    async openWindow(welcome) {
      welcomes = welcome;
      return { url: 'http://127.0.0.1', close: async () => {} };
    },
    onState(next) {
      if (next.type === 'attached') ready.resolve();
      if (next.type !== 'off') return;
      ready.resolve();
      state = 'over';
      endIn(windows === 0 ? 0 : overMilliseconds);
    },
  });

  const endIn = (milliseconds: number) => {
    timer.cancel();
    timer = clock.after(milliseconds, () => void end());
  };
  const end = async () => {
    if (state === 'ended') return;
    state = 'ended';
    timer.cancel();
    await application.leave();
    log.close();
    options.onEnded();
  };

  application.logOn({
    logonId: visit.logonId,
    extension: visit.extension,
    softphone: visit.softphone,
  });
  await ready.promise;
  if (state === 'serving') endIn(settings.idleSeconds * 1_000);

  return {
    async welcome(kind, transport, gone) {
      if (state !== 'serving' || !welcomes) return gone();
      windows += 1;
      timer.cancel();
      const left = () => {
        windows -= 1;
        if (windows === 0) endIn(state === 'over' ? 0 : settings.idleSeconds * 1_000);
        gone();
      };
      if (typeof kind === 'object') welcomes.tabs?.welcome(transport, left, kind);
      else if (kind === 'desk') welcomes.welcomeDesk(transport, left);
      else welcomes.welcomeProgram(transport, left);
    },
    end,
    tabs: (welcomes as WindowWelcome | null)?.tabs ?? null,
  };
};
