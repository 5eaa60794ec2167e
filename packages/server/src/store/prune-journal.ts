import pg from 'pg';

/**
 * Deletes rows of the journal that are older than so many days (at least one), and returns how many. Never one that a kept snapshot needs
 * to be replayed from, nor one that a projection has not seen. Nothing calls this by itself: keeping the journal is the default.
 */
export async function pruneJournal(
  connection: pg.ClientConfig,
  site: number,
  { keepDays }: { keepDays: number },
): Promise<number> {
  if (!(keepDays >= 1)) throw new Error(`the journal is kept for at least a day, not ${keepDays}`);
  const client = new pg.Client(connection);
  await client.connect();
  try {
    const { rowCount } = await client.query(
      `delete from journal
        where site = $1 and written_at < clock_timestamp() - make_interval(secs => $2 * 86400.0)
          and last_seq <= (select min(seq) from snapshot where site = $1)
          and last_seq <= coalesce((select min(seq) from projection where site = $1), last_seq)`,
      [site, keepDays],
    );
    return rowCount ?? 0;
  } finally {
    await client.end();
  }
}
