import pg from 'pg';

/** A recording as it is listed. Times are ISO 8601. */
export interface RecordingRow {
  id: number;
  agentId: number;
  groupId: number;
  callId: number;
  sessionId: number;
  cause: string;
  startedAt: Date;
  /** null = still being recorded */
  endedAt: Date | null;
  /** in the file; null = not known */
  milliseconds: number | null;
  pauses: { from: Date; until: Date | null }[];
  deletedAt: Date | null;
}

/** What somebody may see: of one tenant, his own, or everybody's. */
export interface RecordingScope {
  tenantId: number;
  /** null = of everybody */
  agentId: number | null;
}

export interface RecordingFilter {
  agentId: number | null;
  groupId: number | null;
  from: Date | null;
  until: Date | null;
  /** only older ones than this: the next page */
  before: number | null;
  limit: number;
}

export interface RecordingFile {
  id: number;
  file: string;
  agentId: number;
  ended: boolean;
  deleted: boolean;
}

/** The recordings of one site in the database. */
export interface RecordingStore {
  /** the newest first */
  list(scope: RecordingScope, filter: RecordingFilter): Promise<RecordingRow[]>;
  find(scope: RecordingScope, id: number): Promise<RecordingFile | null>;
  /** One row a minute: a player asks for a recording in many pieces. */
  auditPlayback(agentId: number, recording: RecordingFile): Promise<void>;
  /** over, and begun before */
  olderThan(days: number, limit: number): Promise<RecordingFile[]>;
  /** marks it, with a row in the audit */
  markDeleted(recording: RecordingFile, detail: string): Promise<void>;
  close(): Promise<void>;
}

const scoped = 'site = $1 and tenant_id = $2 and ($3::integer is null or agent_id = $3)';
const fileColumns =
  'id::float8, file, agent_id as "agentId", ended_at is not null as ended, deleted_at is not null as deleted';

export function openRecordingStore(connection: pg.ClientConfig, site: number): RecordingStore {
  const pool = new pg.Pool({
    ...connection,
    max: 2,
    connectionTimeoutMillis: 5_000,
    query_timeout: 30_000,
    idleTimeoutMillis: 30_000,
  });
  pool.on('error', () => {
    // an idle connection broke: the next query opens another
  });
  const scopeOf = ({ tenantId, agentId }: RecordingScope) => [site, tenantId, agentId];
  return {
    async list(scope, filter) {
      const { rows } = await pool.query<Omit<RecordingRow, 'pauses'> & { paused: Date[]; resumed: Date[] }>(
        `select id::float8, agent_id as "agentId", group_id as "groupId", call_id::float8 as "callId",
            session_id::float8 as "sessionId", cause, started_at as "startedAt", ended_at as "endedAt",
            milliseconds, deleted_at as "deletedAt", paused_at as paused, resumed_at as resumed
          from recording
          where ${scoped}
            and ($4::integer is null or agent_id = $4)
            and ($5::integer is null or group_id = $5)
            and ($6::timestamptz is null or started_at >= $6)
            and ($7::timestamptz is null or started_at < $7)
            and ($8::bigint is null or id < $8)
          order by id desc limit $9`,
        [
          ...scopeOf(scope),
          filter.agentId,
          filter.groupId,
          filter.from,
          filter.until,
          filter.before,
          filter.limit,
        ],
      );
      return rows.map(({ paused, resumed, ...row }) => ({
        ...row,
        pauses: paused.map((from, index) => ({ from, until: resumed[index] ?? null })),
      }));
    },
    async find(scope, id) {
      const { rows } = await pool.query<RecordingFile>(
        `select ${fileColumns} from recording where ${scoped} and id = $4`,
        [...scopeOf(scope), id],
      );
      return rows[0] ?? null;
    },
    async auditPlayback(agentId, recording) {
      await pool.query(
        `insert into audit (site, at, agent_id, action, subject_agent_id, recording_id)
          select $1, now(), $2, 'recordingPlayed', $3, $4
          where not exists (select from audit where recording_id = $4 and agent_id = $2
            and action = 'recordingPlayed' and at > now() - interval '1 minute')`,
        [site, agentId, recording.agentId, recording.id],
      );
    },
    async olderThan(days, limit) {
      const { rows } = await pool.query<RecordingFile>(
        `select ${fileColumns} from recording
          where site = $1 and deleted_at is null and started_at < now() - make_interval(days => $2)
          order by started_at limit $3`,
        [site, days, limit],
      );
      return rows;
    },
    async markDeleted(recording, detail) {
      await pool.query(
        `with marked as (
            update recording set deleted_at = now() where id = $2 and deleted_at is null returning agent_id
          )
          insert into audit (site, at, agent_id, action, subject_agent_id, recording_id, detail)
          select $1, now(), 0, 'recordingDeleted', agent_id, $2, $3 from marked`,
        [site, recording.id, detail],
      );
    },
    close: () => pool.end(),
  };
}
