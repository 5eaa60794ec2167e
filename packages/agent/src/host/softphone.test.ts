import {
  type Answer,
  accepted,
  brokerMethods,
  deskSoftphoneMethods,
  refused,
  type SoftphoneGrant,
} from '@cordboard/contract';
import { expect, test } from 'vitest';
import { createAgentLog } from '../log/agent-log.ts';
import { LogLevel } from '../log/level.ts';
import { createSoftphone, type SoftphoneMemory } from './softphone.ts';

const grant: SoftphoneGrant = {
  webSocket: 'ws://127.0.0.1:5066',
  extension: '1001',
  user: '1001.abc',
  password: 'made for this logon',
};

const create = (answer: Answer = accepted(grant), before: { softphone?: 0 | 1; socket?: string } = {}) => {
  const written: string[] = [];
  const asked: string[] = [];
  const kept = { softphone: before.softphone ?? 0, socket: before.socket ?? '' };
  const memory: SoftphoneMemory = {
    last: () => kept.softphone,
    remember(softphone) {
      kept.softphone = softphone;
    },
    socket: () => kept.socket,
    rememberSocket(url) {
      kept.socket = url;
    },
  };
  const file = {
    append: (text: string) => void written.push(text),
    close: () => {},
    start: 0,
    end: 0,
    read: () => Buffer.alloc(0),
  };
  const log = createAgentLog({ file, now: () => 0, level: LogLevel.all, maskCustomerData: false });
  const softphone = createSoftphone({
    memory,
    log,
    clock: { now: () => 0, after: () => ({ cancel: () => {} }) },
    async ask(method) {
      asked.push(method);
      return answer;
    },
    serverHost: () => 'center.example',
  });
  const run = async (method: string, parameters: object = {}) => {
    const route = softphone.routes.get(method);
    if (!route) throw new Error('no route');
    return route.check(parameters) ?? (await route.run(parameters as never, {} as never));
  };
  const logged = () => {
    log.close();
    return written.join('');
  };
  return { softphone, kept, asked, run, log: logged };
};

test('SPH-05 0 is the desk phone, 1 the window, and anything else the one used last', () => {
  const { softphone, kept } = create();
  softphone.choose({});
  expect([softphone.chosen, kept.softphone]).toEqual([false, 0]);
  softphone.choose({ softphone: 1 });
  expect([softphone.chosen, softphone.last, kept.softphone]).toEqual([true, true, 1]);
  for (const given of [-1, null]) {
    softphone.choose({ softphone: given });
    expect(softphone.chosen).toBe(true);
  }
  softphone.choose({ softphone: 0 });
  softphone.choose({ softphone: -1 });
  expect([softphone.chosen, kept.softphone]).toEqual([false, 0]);
});

test('SPH-06 the window of a desk phone gets no credentials, and the server is not asked', async () => {
  const { softphone, asked, run } = create();
  softphone.choose({ softphone: 0 });
  expect(await run(deskSoftphoneMethods.getSoftphone)).toMatchObject({
    ok: false,
    refusal: { reason: 'notAvailable' },
  });
  expect(asked).toEqual([]);
});

test('SPH-06 the window of a softphone gets them, they stand in no log, and where they are for is remembered', async () => {
  const { softphone, asked, run, kept, log } = create();
  softphone.choose({ softphone: 1 });
  expect(softphone.socket).toBe('');
  expect(await run(deskSoftphoneMethods.getSoftphone)).toEqual(accepted(grant));
  expect(asked).toEqual([brokerMethods.softphone]);
  expect([softphone.socket, kept.socket]).toEqual(['ws://127.0.0.1:5066', 'ws://127.0.0.1:5066']);
  expect(log()).not.toContain('made for this logon');
});

test.each([
  ['ws://0.0.0.0:5066', 'ws://center.example:5066'],
  ['wss://phones.example/sip', 'wss://phones.example/sip'],
  ['ws://[::]:5066/', 'ws://center.example:5066'],
])('SPH-06 a switch at %s is reached at %s', async (webSocket, reached) => {
  const { softphone, run } = create(accepted({ ...grant, webSocket }));
  softphone.choose({ softphone: 1 });
  expect(await run(deskSoftphoneMethods.getSoftphone)).toMatchObject({ value: { webSocket: reached } });
});

test.each([
  ['a refusal of the server', refused('notAvailable'), 'notAvailable'],
  ['what are no credentials', accepted({ user: 'x' }), 'internalError'],
  ['no WebSocket', accepted({ ...grant, webSocket: 'http://x' }), 'internalError'],
])('SPH-06 %s is refused to the window', async (_what, answer, reason) => {
  const { softphone, run } = create(answer);
  softphone.choose({ softphone: 1 });
  expect(await run(deskSoftphoneMethods.getSoftphone)).toMatchObject({ ok: false, refusal: { reason } });
});

test('SPH-42 the time from answer to audio stands in the log with those of the day', async () => {
  const { run, log } = create();
  expect(await run(deskSoftphoneMethods.reportAnswer, { milliseconds: 180 })).toEqual(
    accepted({ count: 1, last: 180, p50: 180, p95: 180 }),
  );
  expect(log()).toMatch(/heard after the answer.*180/);
  expect(await run(deskSoftphoneMethods.reportAnswer, { milliseconds: -1 })).toHaveProperty('path');
});
