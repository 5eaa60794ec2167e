// How fast a call finds its agent, through the real server, switch and database, measured from a packet capture:
//   - INVITE in to INVITE out at the agent's phone
//   - a freed agent's BYE to the next INVITE at his phone, with callers waiting
//   - processor time a call of everything that the site runs (server, switch, database)
// Each load is put on twice, on the same site: the first time our programs are new and their code is not compiled yet, which at a few
// calls a second weighs as much as the calls; the line "and again" is how they go on.
// SIPp is the callers and the agents' phones. Needs root (tcpdump), sipp and tcpdump.
//
//   node bench/sip-latency.ts [--quick | --agents N --rate N --waiting N] [--calls N] [--peer 'COMMAND']
//
// --peer runs the same load on another engine beside each row: COMMAND gets --agents --rate --calls --talk [--limit] and prints one
// JSON object with arrivalToAgentInviteMs and agentFreeToNextInviteMs ({p50, p99}), asteriskMsPerCall or engineMsPerCall.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { distributionOf, showDistribution } from './distribution.ts';
import { latenciesOf } from './sip/capture.ts';
import { staffDesks } from './sip/desks.ts';
import { type Load, type Ports, registerPhones, runLoad } from './sip/load.ts';
import { processesNaming, processorSeconds } from './sip/processes.ts';
import { freePort, startMeasuredSite } from './sip/site.ts';

interface Row {
  agents: number;
  rate: number;
  /** callers who wait all the time; 0 = there is always a free agent */
  waiting: number;
}

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean' },
    agents: { type: 'string' },
    rate: { type: 'string', default: '20' },
    waiting: { type: 'string', default: '0' },
    calls: { type: 'string' },
    peer: { type: 'string' },
  },
});

const oneRow = (agents: string): Row[] => [
  { agents: Number(agents), rate: Number(values.rate), waiting: Number(values.waiting) },
];

const matrix: Row[] = values.quick
  ? [
      { agents: 50, rate: 20, waiting: 0 },
      { agents: 10, rate: 20, waiting: 50 },
    ]
  : [
      { agents: 10, rate: 5, waiting: 0 },
      { agents: 100, rate: 5, waiting: 0 },
      { agents: 500, rate: 5, waiting: 0 },
      { agents: 100, rate: 20, waiting: 0 },
      { agents: 100, rate: 50, waiting: 0 },
      { agents: 500, rate: 50, waiting: 0 },
      { agents: 10, rate: 20, waiting: 100 },
      { agents: 100, rate: 50, waiting: 100 },
      { agents: 10, rate: 50, waiting: 500 },
      { agents: 100, rate: 50, waiting: 500 },
      { agents: 200, rate: 250, waiting: 0 },
    ];

const rows = values.agents ? oneRow(values.agents) : matrix;

const loadOf = (row: Row): Load => {
  const talk =
    row.waiting > 0
      ? Math.max(500, (row.agents / row.rate) * 1_000)
      : Math.min(1_000, (row.agents / row.rate) * 500);
  return {
    rate: row.rate,
    calls: values.calls
      ? Number(values.calls)
      : row.waiting > 0
        ? row.waiting + row.agents * 6
        : row.rate * 12,
    atOnce: row.waiting > 0 ? row.agents + row.waiting : 0,
    talk,
  };
};

const measureOurs = async (row: Row, load: Load): Promise<string[]> => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'cordboard-bench-'));
  try {
    const site = await startMeasuredSite(folder, row.agents);
    const ports: Ports = { sip: site.sipPort, agents: await freePort(), callers: await freePort() };
    try {
      await registerPhones(folder, site.agents, ports);
      const desks = await staffDesks(site);
      const measured = [
        await measureLoad(folder, row, load, ports),
        await measureLoad(folder, row, load, ports),
      ];
      desks.close();
      return measured;
    } finally {
      await site.stop();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

const measureLoad = async (folder: string, row: Row, load: Load, ports: Ports): Promise<string> => {
  const pids = processesNaming(folder);
  const before = processorSeconds(pids);
  const result = await runLoad(folder, load, ports, 120);
  const milliseconds = ((processorSeconds(pids) - before) * 1_000) / load.calls;
  const found = latenciesOf(result.capture, ports.callers, ports.agents);
  const freed =
    found.freedToNext.length > 0 && row.waiting > 0
      ? showDistribution(distributionOf(found.freedToNext), 'ms')
      : '-';
  return [
    `in→out ${row.waiting > 0 ? '-' : showDistribution(distributionOf(found.arrivalToAgent), 'ms')}`,
    `freed→next ${freed}`,
    `CPU ${milliseconds.toFixed(1)} ms/call`,
    `${found.delivered} of ${load.calls} delivered, ${found.callersRefused} refused, ${found.handledPerSecond.toFixed(1)}/s${result.callersExit === 0 ? '' : `, SIPp exit ${result.callersExit}`}`,
  ].join(' | ');
};

interface PeerFigures {
  arrivalToAgentInviteMs?: { p50: number; p99: number; n: number };
  agentFreeToNextInviteMs?: { p50: number; p99: number; n: number };
  asteriskMsPerCall?: number;
  engineMsPerCall?: number;
  handledPerSec?: number;
}

const measurePeer = (command: string, row: Row, load: Load): string => {
  const parameters = ['--agents', row.agents, '--rate', row.rate, '--calls', load.calls, '--talk', load.talk];
  if (load.atOnce > 0) parameters.push('--limit', load.atOnce);
  try {
    const output = execFileSync('bash', ['-c', `${command} ${parameters.join(' ')}`], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const figures = JSON.parse(output.slice(output.indexOf('{'))) as PeerFigures;
    const show = (each: PeerFigures['arrivalToAgentInviteMs']) =>
      each?.n ? `${each.p50.toFixed(2)} / ${each.p99.toFixed(2)} ms (p50 / p99 of ${each.n})` : '-';
    const processor = (figures.asteriskMsPerCall ?? 0) + (figures.engineMsPerCall ?? 0);
    return [
      `in→out ${row.waiting > 0 ? '-' : show(figures.arrivalToAgentInviteMs)}`,
      `freed→next ${row.waiting > 0 ? show(figures.agentFreeToNextInviteMs) : '-'}`,
      `CPU ${processor.toFixed(1)} ms/call`,
      `${figures.handledPerSec ?? '-'}/s`,
    ].join(' | ');
  } catch (error) {
    return `failed: ${error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)}`;
  }
};

for (const row of rows) {
  const load = loadOf(row);
  console.log(
    `\n${row.agents} agents, ${row.rate} calls/s, ${row.waiting} waiting, talk ${Math.round(load.talk)} ms, ${load.calls} calls`,
  );
  const [first, again] = await measureOurs(row, load);
  console.log(`  cordboard  ${first}`);
  console.log(`  and again  ${again}`);
  if (values.peer) console.log(`  peer       ${measurePeer(values.peer, row, load)}`);
}
