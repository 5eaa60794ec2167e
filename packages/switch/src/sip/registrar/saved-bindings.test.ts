import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { createSwitchBench, ha1Of, realm } from '../../testing/switch-bench.ts';
import { until } from '../../testing/until.ts';
import { readSavedBindings } from './saved-bindings.ts';

const folders: string[] = [];
afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true });
});

async function file(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'bindings-'));
  folders.push(folder);
  return join(folder, 'registrations.json');
}

/** A switch with a phone registered over UDP and one over TCP, killed after it has written that down. */
async function killed(registrationsFile: string): Promise<void> {
  const { register, network, pass } = await createSwitchBench({ registrationsFile });
  await register(network.peer('192.0.2.20', 5_070), '1001');
  await register(network.peer('192.0.2.21', 40_000, 'TCP'), '1002');
  await pass(2_000);
  await until(async () => (await readSavedBindings(registrationsFile)).length > 0);
}

describe('registrations over a restart', () => {
  test('SIP-37 a phone over UDP can be called at once after a restart', async () => {
    const registrationsFile = await file();
    await killed(registrationsFile);
    const { report, perform, network, pass, made } = await createSwitchBench({ registrationsFile });
    expect(report('registered')).toEqual({ type: 'registered', extension: '1001', address: '192.0.2.20' });
    expect(made.control.inventory().registrations).toHaveLength(1);
    const phone = network.peer('192.0.2.20', 5_070);
    perform({
      type: 'originate',
      leg: 'x',
      to: { extension: '1001' },
      callerNumber: '1',
      callerName: '',
      answering: 'phone',
      ringSeconds: 10,
      media: { type: 'none' },
    });
    await pass();
    expect(phone.take('INVITE').start).toContain('sip:1001@192.0.2.20:5070');
    expect((await stat(registrationsFile)).mode & 0o777).toBe(0o600);
  });

  test('SIP-37 what changed last is written when the switch stops', async () => {
    const registrationsFile = await file();
    const { register, network, made } = await createSwitchBench({ registrationsFile });
    await register(network.peer('192.0.2.20', 5_070), '1001');
    await made.close();
    expect(await readSavedBindings(registrationsFile)).toMatchObject([{ extension: '1001', port: 5_070 }]);
  });

  test('SIP-37 one that is over, or whose extension is provisioned no more, is not', async () => {
    const registrationsFile = await file();
    await killed(registrationsFile);
    const provisioned = await createSwitchBench({ registrationsFile, provisioned: false });
    provisioned.made.control.provision({ realm, extensions: [{ extension: '1002', ha1: ha1Of('1002') }] });
    expect(provisioned.reports).toEqual([]);
    const late = await createSwitchBench({ registrationsFile, provisioned: false });
    await late.pass(120_001);
    late.made.control.provision({ realm, extensions: [{ extension: '1001', ha1: ha1Of('1001') }] });
    expect(late.reports).toEqual([]);
  });

  test.each(['', '{', '7', '[{}]', '[null]', '[{"extension":"1","contact":"sip:x"}]'])(
    '%j is as good as no file',
    async text => {
      const path = await file();
      await writeFile(path, text);
      expect(await readSavedBindings(path)).toEqual([]);
      expect(await readFile(path, 'utf8')).toBe(text);
    },
  );
});
