import type { SiteStatus } from '../site/site-options.ts';
import type { DatabaseState } from '../supervision/database.ts';
import type { TrunkHealth } from './trunks.ts';

/** What the server knows of its parts. */
export interface PartStates {
  site: SiteStatus;
  /** entries in the site's mailbox */
  waiting: number;
  callManager: 'attached' | 'lost';
  /** null: it does not answer now */
  trunks: readonly TrunkHealth[] | null;
  database: DatabaseState;
  /** number of the last durable step, and of the last one that the call tables hold; null = no projector */
  journal: { last: number; projected: number | null };
}

export interface Health {
  /** `working`: calls are taken, something is late or a trunk is down; `failing`: calls or agents are not served */
  status: 'healthy' | 'working' | 'failing';
  /** why, one sentence each */
  reasons: string[];
  site: SiteStatus;
  callManager: PartStates['callManager'];
  trunks: readonly TrunkHealth[] | null;
  database: DatabaseState['type'];
  databaseRestarts: number;
  journal: { last: number; lag: number };
  waiting: number;
}

/** More waiting than this is felt. */
const longMailbox = 1_000;
/** Call tables further behind than this are no longer what people see as now. */
const longLag = 10_000;

/** What `/health` says: a function of what its parts say. */
export function healthOf(parts: PartStates): Health {
  const failing = [
    ...(parts.site === 'running' ? [] : [`the site is ${parts.site}`]),
    ...(parts.callManager === 'attached' ? [] : ['the call manager is not attached']),
    ...(works(parts.database) ? [] : [`the database is ${parts.database.type}`]),
  ];
  const lag =
    parts.journal.projected === null ? 0 : Math.max(0, parts.journal.last - parts.journal.projected);
  const late = [
    ...(parts.waiting > longMailbox ? [`${parts.waiting} messages wait for the site`] : []),
    // Somebody outside cannot be called, or cannot call; everything within goes on.
    ...(parts.trunks ?? []).flatMap(({ name, up, reason }) =>
      up ? [] : [`trunk ${name} is down: ${reason}`],
    ),
    ...(lag > longLag ? [`the call tables are ${lag} steps behind`] : []),
  ];
  return {
    status: failing.length > 0 ? 'failing' : late.length > 0 ? 'working' : 'healthy',
    reasons: [...failing, ...late],
    site: parts.site,
    callManager: parts.callManager,
    trunks: parts.trunks,
    database: parts.database.type,
    databaseRestarts: restartsOf(parts.database),
    journal: { last: parts.journal.last, lag },
    waiting: parts.waiting,
  };
}

/** 503 tells a load balancer to send agents elsewhere: that much anybody may know. */
export const healthPage = (
  health: Health,
): { status: number; contentType: string; body: string; forStrangers: string } => ({
  status: health.status === 'failing' ? 503 : 200,
  contentType: 'application/json',
  body: `${JSON.stringify(health)}\n`,
  forStrangers: `${JSON.stringify({ status: health.status })}\n`,
});

const works = (database: DatabaseState): boolean =>
  database.type === 'running' || database.type === 'external';

export const restartsOf = (database: DatabaseState): number =>
  'restarts' in database ? database.restarts : 0;
