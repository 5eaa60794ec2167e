import type { WebHostReport } from '@cordboard/contract';
import { runWebHost } from './run-web-host.ts';

// the server is gone, or wants this to end: the agents stay logged on, and their pages come back to the next one
process.once('disconnect', () => process.exit(0));
// a Ctrl-C goes to the whole group of processes; the server decides when this ends
process.on('SIGINT', () => undefined);

await runWebHost({
  once: (event, listener) => process.once(event, listener),
  send(report: WebHostReport) {
    if (process.connected) process.send?.(report, undefined, {}, () => undefined);
  },
});
