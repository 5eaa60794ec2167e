import { randomUUID } from 'node:crypto';
import { writeSync } from 'node:fs';
import { openDatabase } from '../../supervision/database.ts';
import { createPostgresJournal } from '../postgres-journal.ts';
import { prepareSchema } from '../prepare-schema.ts';

/**
 * A server that does nothing but write its journal as fast as it can, to be killed: on the data folder that is its argument it starts the
 * database, takes the lease and appends. After each acknowledged commit it prints `after last nonce`; the row holds the same.
 */
const [dataFolder = ''] = process.argv.slice(2);
const environment = { PATH: process.env['PATH'] };
const database = await openDatabase({
  dataFolder,
  environment,
  log: line => console.error(line),
});
await prepareSchema(database.connection);
const journal = createPostgresJournal({ connection: database.connection, site: 1, owner: 'writer' });
const filler = 'x'.repeat(200);
const signal = new AbortController().signal;
for (;;) {
  const session = await untilItWorks(() => journal.open({ signal }));
  try {
    for (let after = session.last; ; ) {
      const last = after + 1 + Math.floor(Math.random() * 50);
      const nonce = randomUUID();
      const body = Buffer.from(JSON.stringify({ after, last, nonce, filler: filler.repeat(last - after) }));
      if ((await session.append({ after, last, body })) === 'fenced') break;
      // into the pipe before anything else happens: it is there even when this process is killed now
      writeSync(1, `${after} ${last} ${nonce}\n`);
      if (last % 20 === 0) await session.saveSnapshot({ seq: last, body });
      after = last;
    }
  } catch (error) {
    console.error(`session lost: ${String(error)}`);
  }
  await session.close();
}

/** The database may be killed at any moment: what it was asked then is asked again. */
async function untilItWorks<T>(ask: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      console.error(`asking again: ${String(error)}`);
      await new Promise(resolve => setTimeout(resolve, 20));
    }
  }
}
