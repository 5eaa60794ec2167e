import { type CallDetail, callDetails, type SiteEvent } from '@cordboard/core';
import type { ClientBase } from 'pg';
import type { JournalRow } from '../site/journal.ts';
import { decodeRow } from '../site/row.ts';
import { type CallChange, callChanges } from './call-changes.ts';
import type { Projection } from './projector.ts';

/** The tables call_detail and call_history. */
export const callProjection: Projection = {
  name: 'calls',
  async apply(client, site, rows) {
    const details = numberedDetails(rows);
    if (details.length === 0) return;
    await insertDetails(client, site, details);
    await mergeCalls(client, site, callChanges(details));
  },
};

type NumberedDetail = CallDetail & { seq: number; part: number };

const numberedDetails = (rows: JournalRow[]): NumberedDetail[] =>
  rows
    .flatMap(row => decodeRow<SiteEvent>(row).steps)
    .flatMap(step => callDetails(step).map((detail, part) => ({ ...detail, seq: step.seq, part })));

const moment = (milliseconds: number | null): Date | null =>
  milliseconds === null ? null : new Date(milliseconds);

/** PostgreSQL's text has no character 0, which a caller's name may hold. */
const asText = (text: string | null): string | null => text?.replaceAll('\0', '') ?? null;

async function insertDetails(client: ClientBase, site: number, details: NumberedDetail[]): Promise<void> {
  await client.query({
    name: 'insert call details',
    text: `insert into call_detail
        (site, seq, part, at, type, call_id, session_id, agent_id, group_id, detail, data)
      select $1, * from unnest($2::bigint[], $3::integer[], $4::timestamptz[], $5::text[], $6::bigint[],
        $7::bigint[], $8::integer[], $9::integer[], $10::text[], $11::text[])`,
    values: [
      site,
      details.map(each => each.seq),
      details.map(each => each.part),
      details.map(each => moment(each.at)),
      details.map(each => each.type),
      details.map(each => each.callId),
      details.map(each => each.sessionId),
      details.map(each => each.agentId),
      details.map(each => each.groupId),
      details.map(each => asText(each.detail)),
      details.map(each => asText(each.data)),
    ],
  });
}

async function mergeCalls(client: ClientBase, site: number, changes: CallChange[]): Promise<void> {
  await client.query({
    name: 'merge calls',
    text: `insert into call_history as old
        (site, call_id, started_at, queued_at, answered_at, ended_at, caller_number, called_number,
          group_id, agent_id, end_cause)
      select $1, * from unnest($2::bigint[], $3::timestamptz[], $4::timestamptz[], $5::timestamptz[],
        $6::timestamptz[], $7::text[], $8::text[], $9::integer[], $10::integer[], $11::text[])
      on conflict (site, call_id) do update set
        started_at = coalesce(old.started_at, excluded.started_at),
        queued_at = coalesce(old.queued_at, excluded.queued_at),
        answered_at = coalesce(old.answered_at, excluded.answered_at),
        ended_at = coalesce(old.ended_at, excluded.ended_at),
        caller_number = coalesce(old.caller_number, excluded.caller_number),
        called_number = coalesce(old.called_number, excluded.called_number),
        group_id = coalesce(excluded.group_id, old.group_id),
        agent_id = coalesce(old.agent_id, excluded.agent_id),
        end_cause = coalesce(old.end_cause, excluded.end_cause)`,
    values: [
      site,
      changes.map(each => each.callId),
      changes.map(each => moment(each.startedAt)),
      changes.map(each => moment(each.queuedAt)),
      changes.map(each => moment(each.answeredAt)),
      changes.map(each => moment(each.endedAt)),
      changes.map(each => asText(each.callerNumber)),
      changes.map(each => asText(each.calledNumber)),
      changes.map(each => each.groupId),
      changes.map(each => each.agentId),
      changes.map(each => each.endCause),
    ],
  });
}
