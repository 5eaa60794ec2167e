import { expect, test } from 'vitest';
import { calm, createCoreWorld, type WorldOptions } from './core-world.ts';

const options: WorldOptions = {
  seed: '1',
  size: { agents: 12, serviceGroups: 5, groupsPerAgent: 3 },
  callers: { betweenCalls: 6_000, patience: 90_000, talk: 40_000, wrongNumber: 0.02 },
  agentPace: 4_000,
  troubles: calm,
};
const seeds = Number(process.env['SEEDS'] ?? 1);
const from = Number(process.env['FROM'] ?? 1);
const rough = {
  journal: { failsBefore: 0.0005, failsAfter: 0.0005, slow: 0.002 },
  crash: 600_000,
  networkBreak: 30_000,
  linkBreak: 300_000,
  callManagerRestart: 1_200_000,
  phoneUnplugged: 120_000,
};
const levels = {
  calm,
  network: { ...calm, networkBreak: 20_000, phoneUnplugged: 60_000 },
  crashes: { ...calm, crash: 200_000, journal: rough.journal },
  link: { ...calm, linkBreak: 100_000 },
  restart: { ...calm, callManagerRestart: 400_000 },
  rough,
};
const level = (process.env['LEVEL'] ?? 'calm') as keyof typeof levels;

for (let seed = from; seed < from + seeds; seed++) {
  test(`calm ${seed}`, () => {
    const world = createCoreWorld({ ...options, seed: `${seed}`, troubles: levels[level] });
    world.run(Number(process.env['ITEMS'] ?? 5_000));
    world.close();
    console.log(world.totals());
    expect(world.findings.first).toBeNull();
  });
}
