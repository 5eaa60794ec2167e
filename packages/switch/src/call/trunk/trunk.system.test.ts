import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import type { ReportBody } from '../../control/protocol.ts';
import { openSockets } from '../../sip/transport/sockets.ts';
import { createSwitch } from '../../switch.ts';
import { isInstalled } from '../../testing/baresip.ts';
import { callOutside, trunkOf } from '../../testing/bench-trunk.ts';
import { createFakeEngine } from '../../testing/fake-engine.ts';
import { freePort } from '../../testing/free-port.ts';
import { createNameServer } from '../../testing/name-server.ts';
import {
  description,
  hangsUpWhenTold,
  isAcknowledged,
  isCalled,
  responds,
  startSippPhone,
} from '../../testing/sipp-phone.ts';

const endings: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
});

describe.skipIf(!isInstalled('sipp'))('SIPp as one of the servers of a trunk', () => {
  test('TRK-67 a call is taken by the second server where nobody is at the first', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'trunk-'));
    endings.push(() => rm(folder, { recursive: true }));
    const [dead, alive] = [await freePort(), await freePort()];
    const made = await createSwitch({
      engine: createFakeEngine(),
      openTransport: handlers => openSockets('127.0.0.1', 0, handlers),
      recordingFolder: folder,
      resolver: createNameServer({
        srv: {
          '_sip._udp.operator.example': [
            { name: 'one.example', port: dead, priority: 1, weight: 0 },
            { name: 'two.example', port: alive, priority: 2, weight: 0 },
          ],
        },
        addresses: { 'one.example': ['127.0.0.1'], 'two.example': ['127.0.0.1'] },
      }),
    });
    endings.push(() => made.close());
    const reports: ReportBody[] = [];
    made.onReport(report => void reports.push(report));
    made.control.provision({
      realm: 'cordboard',
      extensions: [],
      trunks: [trunkOf({ uri: 'sip:{number}@operator.example' })],
    });
    await expect.poll(() => made.control.stats().trunks[0]?.state).toBe('ready');
    const steps = [
      isCalled,
      responds(180),
      responds(200, [], description()),
      isAcknowledged,
      hangsUpWhenTold,
    ];
    const server = await startSippPhone(folder, alive, steps);
    callOutside(made.control);
    await expect.poll(() => reports.map(({ type }) => type), { timeout: 25_000 }).toContain('answered');
    made.control.perform({ type: 'clear', leg: 'out', cause: 'normal' });
    expect(await server.ended).toBe('');
  }, 40_000);
});
