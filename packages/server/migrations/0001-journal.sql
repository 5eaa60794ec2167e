-- One row a site. Who owns the site, until when, and how far its journal goes: an append counts only when both the
-- epoch and the last step are those of this row. It is updated with every commit: room in the page keeps that cheap.
create table lease (
  site integer primary key,
  epoch bigint not null,
  owner text not null,
  last_seq bigint not null,
  expires_at timestamptz not null
) with (fillfactor = 10);

-- One row a group commit: the steps after_seq + 1 to last_seq of a site.
create table journal (
  site integer not null,
  after_seq bigint not null,
  last_seq bigint not null,
  epoch bigint not null,
  written_at timestamptz not null default clock_timestamp(),
  body bytea not null,
  primary key (site, last_seq),
  check (after_seq < last_seq)
);

create table snapshot (
  site integer not null,
  seq bigint not null,
  written_at timestamptz not null default clock_timestamp(),
  body bytea not null,
  primary key (site, seq)
);

-- How far each projection of the journal has come. Moved in the transaction that writes the projected rows.
create table projection (
  site integer not null,
  name text not null,
  seq bigint not null,
  primary key (site, name)
);
