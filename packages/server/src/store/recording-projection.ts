import type { SiteEvent } from '@cordboard/core';
import type { ClientBase } from 'pg';
import type { JournalRow } from '../site/journal.ts';
import { decodeRow } from '../site/row.ts';
import type { Projection } from './projector.ts';

/** The table recording, and the rows of the table audit that follow from the journal. */
export const recordingProjection: Projection = {
  name: 'recordings',
  async apply(client, site, rows) {
    for (const row of rows.filter(mayTell)) {
      for (const { at, events } of decodeRow<SiteEvent>(row).steps) {
        for (const event of events) await applyEvent(client, site, new Date(at), event);
      }
    }
  },
};

/** Most rows tell nothing of recordings: they need not be read as JSON a second time. */
function mayTell({ body }: JournalRow): boolean {
  const text = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  return names.some(name => text.includes(name));
}

const names = ['"type":"recording', '"type":"monitor', '"type":"callIntruded"', '"takenOverFrom"'];

async function applyEvent(client: ClientBase, site: number, at: Date, event: SiteEvent): Promise<void> {
  switch (event.type) {
    case 'recordingStarted':
      await client.query(
        `insert into recording (site, file, tenant_id, agent_id, group_id, call_id, session_id, cause, started_at)
          values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict (site, file) do nothing`,
        [
          site,
          event.file,
          event.tenantId,
          event.agentId,
          event.groupId,
          event.callId,
          event.sessionId,
          event.cause,
          at,
        ],
      );
      return;
    case 'recordingPaused': {
      const column = event.on ? 'paused_at' : 'resumed_at';
      await client.query(
        `update recording set ${column} = array_append(${column}, $3) where site = $1 and file = $2`,
        [site, event.file, at],
      );
      return;
    }
    case 'recordingEnded':
      await client.query(
        'update recording set ended_at = $3, milliseconds = $4 where site = $1 and file = $2',
        [site, event.file, at, event.milliseconds],
      );
      return;
    default:
      await auditEvent(client, site, at, event);
  }
}

async function auditEvent(client: ClientBase, site: number, at: Date, event: SiteEvent): Promise<void> {
  const row = auditOf(event);
  if (row === null) return;
  await client.query(
    'insert into audit (site, at, agent_id, action, subject_agent_id, call_id, detail) values ($1, $2, $3, $4, $5, $6, $7)',
    [site, at, row.agentId, event.type, row.subject, row.callId, row.detail],
  );
}

interface AuditRow {
  agentId: number;
  subject: number;
  callId: number;
  detail: string;
}

function auditOf(event: SiteEvent): AuditRow | null {
  switch (event.type) {
    case 'monitorStarted':
      return { ...watching(event), detail: event.continuous ? 'continuous' : 'once' };
    case 'monitorListening':
      return { ...watching(event), callId: event.heardCallId };
    case 'monitorModeSet':
      return { ...watching(event), detail: event.mode };
    case 'monitorWaiting':
      return watching(event);
    case 'monitorEnded':
      return { ...watching(event), detail: event.cause };
    case 'callIntruded':
      return { agentId: event.agentId, subject: 0, callId: event.callId, detail: event.number };
    case 'agentLoggedOn':
      return event.takenOverFrom === undefined ? null : takeOverOf(event.agentId, event);
    default:
      return null;
  }
}

/** The same agent in another place: whose calls went on there, and from where. */
const takeOverOf = (
  agentId: number,
  { place, takenOverFrom }: Extract<SiteEvent, { type: 'agentLoggedOn' }>,
): AuditRow => ({
  agentId,
  subject: agentId,
  callId: 0,
  detail: `taken over by ${place?.form} at ${place?.address} from ${takenOverFrom?.form} at ${takenOverFrom?.address}`,
});

const watching = (event: { supervisorId: number; agentId: number }): AuditRow => ({
  agentId: event.supervisorId,
  subject: event.agentId,
  callId: 0,
  detail: '',
});
