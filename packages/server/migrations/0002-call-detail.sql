-- Filled from the journal by a projector; each row can be made again from it.

-- One row for each thing that happened to a call: `seq` is the journal's step, `part` counts within the step.
create table call_detail (
  site integer not null,
  seq bigint not null,
  part integer not null,
  at timestamptz not null,
  type text not null,
  call_id bigint not null,
  session_id bigint not null,
  agent_id integer not null,
  group_id integer not null,
  detail text not null,
  data text not null,
  primary key (site, seq, part)
);
create index call_detail_call on call_detail (site, call_id);
create index call_detail_time on call_detail (site, at);

-- One row a call. `group_id` is the last service group that it waited in, `agent_id` who answered it first.
create table call_history (
  site integer not null,
  call_id bigint not null,
  started_at timestamptz,
  queued_at timestamptz,
  answered_at timestamptz,
  ended_at timestamptz,
  caller_number text,
  called_number text,
  group_id integer,
  agent_id integer,
  end_cause text,
  primary key (site, call_id)
);
create index call_history_time on call_history (site, started_at);
create index call_history_group on call_history (site, group_id, queued_at) where queued_at is not null;

-- What a service group had in each quarter of an hour, by the moment its calls were queued.
create view group_interval as
select
  site,
  group_id,
  date_bin('15 minutes', queued_at, timestamptz '2000-01-01') as begins_at,
  count(*) as queued,
  count(answered_at) as answered,
  count(*) filter (where answered_at is null and ended_at is not null) as abandoned,
  coalesce(extract(epoch from avg(answered_at - queued_at)), 0)::float8 as mean_seconds_to_answer,
  coalesce(extract(epoch from max(coalesce(answered_at, ended_at) - queued_at)), 0)::float8 as longest_wait_seconds,
  coalesce(extract(epoch from sum(ended_at - answered_at)), 0)::float8 as talk_seconds
from call_history
where queued_at is not null
group by site, group_id, begins_at;
