import { mostEarlierCalls, serviceLevelSeconds } from '@cordboard/contract';
import pg from 'pg';

/** A call of the past, as its row has it. */
export interface PastCall {
  startedAt: Date | null;
  /** null = it came to no service group */
  groupId: number | null;
  /** null = nobody answered */
  agentId: number | null;
  seconds: number;
  codes: string;
}

/** Whose calls: of these service groups, and those that this agent answered himself. */
export interface PastCallScope {
  groupIds: readonly number[];
  agentId: number;
}

/** Reads of the call detail records, each by an index. */
export interface CallHistory {
  /** of this number but this one, the newest first */
  ofCaller(number: string, besides: number, scope: PastCallScope): Promise<PastCall[]>;
  /** by service group, of the last hour, in percent */
  serviceLevels(groupIds: readonly number[]): Promise<Map<number, number>>;
  close(): Promise<void>;
}

export function openCallHistory(connection: pg.ClientConfig, site: number): CallHistory {
  const pool = new pg.Pool({
    ...connection,
    max: 2,
    connectionTimeoutMillis: 5_000,
    query_timeout: 5_000,
    idleTimeoutMillis: 30_000,
  });
  pool.on('error', () => {
    // an idle connection broke: the next query opens another
  });
  return {
    async ofCaller(number, besides, { groupIds, agentId }) {
      const { rows } = await pool.query<PastCall>(
        `select started_at as "startedAt", group_id as "groupId", agent_id as "agentId",
            greatest(0, coalesce(extract(epoch from ended_at - answered_at), 0))::integer as seconds,
            coalesce((select data from call_detail as detail
              where detail.site = $1 and detail.call_id = past.call_id and type = 'cqCodes'
              order by seq desc limit 1), '') as codes
          from call_history as past
          where site = $1 and caller_number = $2 and caller_number <> '' and call_id <> $3
            and (group_id = any($4::integer[]) or agent_id = $5)
          order by started_at desc limit $6`,
        [site, number.replaceAll('\0', ''), besides, groupIds, agentId, mostEarlierCalls],
      );
      return rows;
    },
    async serviceLevels(groupIds) {
      const { rows } = await pool.query<{ groupId: number; percent: number }>(
        `select group_id as "groupId",
            round(100.0 * count(*) filter (where answered_at <= queued_at + make_interval(secs => $3))
              / count(*))::integer as percent
          from call_history
          where site = $1 and group_id = any($2::integer[]) and queued_at > now() - interval '1 hour'
            and (answered_at is not null or ended_at is not null)
          group by group_id`,
        [site, groupIds, serviceLevelSeconds],
      );
      return new Map(rows.map(each => [each.groupId, each.percent]));
    },
    close: () => pool.end(),
  };
}
