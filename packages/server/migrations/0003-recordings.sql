-- Recordings of calls, filled from the journal by a projector; what is deleted keeps its row. `file` is a name in the
-- site's folder of recordings. A pause begins at each of `paused_at` and ends at the one of `resumed_at` beside it.
create table recording (
  id bigint generated always as identity primary key,
  site integer not null,
  file text not null,
  tenant_id integer not null,
  agent_id integer not null,
  group_id integer not null,
  call_id bigint not null,
  session_id bigint not null,
  cause text not null,
  started_at timestamptz not null,
  ended_at timestamptz,
  milliseconds integer,
  paused_at timestamptz[] not null default '{}',
  resumed_at timestamptz[] not null default '{}',
  deleted_at timestamptz,
  unique (site, file)
);
create index recording_tenant on recording (site, tenant_id, id);
create index recording_agent on recording (site, agent_id, id);
create index recording_time on recording (site, started_at) where deleted_at is null;

-- Who listened to whom, live or recorded, and what was deleted. Rows of the journal are written by its projector; `agent_id`
-- 0 is the server itself.
create table audit (
  id bigint generated always as identity primary key,
  site integer not null,
  at timestamptz not null,
  agent_id integer not null,
  action text not null,
  subject_agent_id integer not null default 0,
  call_id bigint not null default 0,
  recording_id bigint references recording (id),
  detail text not null default ''
);
create index audit_time on audit (site, at);
create index audit_recording on audit (recording_id, agent_id, at) where recording_id is not null;
