import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { openPageServer } from './page-server.ts';

const usage = `pages: serves the script test page and the sample CRM on this machine

  --port N   8482 unless told`;

const { values } = parseArgs({
  options: { port: { type: 'string', default: '8482' }, help: { type: 'boolean', default: false } },
});
const port = Number(values.port);
if (values.help || !Number.isInteger(port) || port < 0 || port > 65_535) {
  console.log(usage);
  process.exit(values.help ? 0 : 2);
}

const built = path.resolve(import.meta.dirname, '../../../packages/agent/ui/dist/tab.js');
try {
  const server = await openPageServer({
    port,
    tabScript: existsSync(built) ? readFileSync(built) : null,
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.once(signal, () => void server.close());
} catch (error) {
  console.error(`The demo's pages cannot be served at port ${port}: ${(error as Error).message}`);
  process.exitCode = 1;
}
