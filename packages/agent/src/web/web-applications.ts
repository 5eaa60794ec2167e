import type { Transport, WebVisit } from '@cordboard/contract';
import type { FramedPages } from '../tabs/tab-pages.ts';
import {
  startWebApplication,
  type WebApplication,
  type WebApplicationOptions,
  type WindowKind,
} from './web-application.ts';

/** The applications of this process, one a logon. */
export interface WebApplications {
  readonly size: number;
  welcome(visit: WebVisit, kind: WindowKind, transport: Transport, gone: () => void): Promise<void>;
  /** of a logon whose application runs here */
  tabsOf(logon: string): Promise<FramedPages | null>;
  close(): Promise<void>;
}

export const createWebApplications = (
  options: Omit<WebApplicationOptions, 'visit' | 'onEnded'> & { onEnded(logon: string): void },
): WebApplications => {
  const running = new Map<string, Promise<WebApplication>>();

  const applicationOf = (visit: WebVisit): Promise<WebApplication> => {
    const known = running.get(visit.logon);
    if (known) return known;
    const forget = () => {
      if (running.get(visit.logon) !== started) return;
      running.delete(visit.logon);
      options.onEnded(visit.logon);
    };
    const started = startWebApplication({ ...options, visit, onEnded: forget });
    running.set(visit.logon, started);
    started.catch(forget);
    return started;
  };

  return {
    get size() {
      return running.size;
    },
    async welcome(visit, kind, transport, gone) {
      try {
        const application = await applicationOf(visit);
        await application.welcome(kind, transport, gone);
      } catch (error) {
        gone();
        throw error;
      }
    },
    async tabsOf(logon) {
      const application = await running.get(logon)?.catch(() => null);
      return application?.tabs ?? null;
    },
    async close() {
      const all = await Promise.allSettled(running.values());
      for (const each of all) if (each.status === 'fulfilled') await each.value.end();
    },
  };
};
