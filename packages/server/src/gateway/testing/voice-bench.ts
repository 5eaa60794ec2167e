import { type LogonGrant, systemClock } from '@cordboard/contract';
import type { SiteState } from '@cordboard/core';
import { type SiteOptions, testConfiguration, testExtension, testNumber } from '@cordboard/core/testing';
import { hash } from '@node-rs/argon2';
import { createLogger } from '../../logging/logger.ts';
import { createSite, type Site } from '../../site/site.ts';
import { createFakeCallManager, type FakeCallManager } from '../../site/testing/fake-call-manager.ts';
import { voiceCore } from '../../site/voice-core.ts';
import { createMemoryJournal } from '../../store/memory-journal.ts';
import { type Gateway, openGateway } from '../gateway.ts';
import { type Application, attach, connect } from './gateway-bench.ts';

/** The real gateway, loop and core over a journal in memory and a call manager that does what the test says. */
export interface VoiceBench {
  site: Site<SiteState>;
  gateway: Gateway;
  callManager: FakeCallManager;
  url: string;
  state(): SiteState;
  /** callers of service group 1, all at once; their legs */
  arrive(count: number): string[];
  answered(leg: string): void;
  hungUp(leg: string): void;
  logOn(agentId: number): Promise<LogonGrant>;
  /** a connection of an application that is not attached yet */
  connect(): Promise<Application>;
  close(): Promise<void>;
}

const passwordHash = await hash('secret', { memoryCost: 8, timeCost: 1, parallelism: 1 });

export async function openVoiceBench(options: SiteOptions): Promise<VoiceBench> {
  const configuration = testConfiguration(options);
  const callManager = createFakeCallManager();
  const clears = callManager.attach.bind(callManager);
  // a leg that is told to go says that it has gone
  callManager.attach = given => {
    const link = clears(given);
    return {
      ...link,
      execute(id, command) {
        link.execute(id, command);
        if (command.type !== 'clear') return;
        queueMicrotask(() =>
          report({ type: 'cleared', leg: command.leg, cause: command.cause, byRemote: false }),
        );
      },
    };
  };
  const report = (each: Parameters<FakeCallManager['report']>[0]) => callManager.report(each, Date.now());
  let gateway: Gateway | null = null;
  const logger = createLogger(() => undefined, 'error');
  const site = createSite({
    site: 1,
    core: voiceCore,
    journal: createMemoryJournal(),
    callManager,
    clock: systemClock,
    logger,
    configuration,
    publish: items => gateway?.publish(items),
    newStream: () => 'stream',
  });
  await site.start();
  const opened = await openGateway({
    listen: { host: '127.0.0.1', port: 0 },
    tls: null,
    site,
    directory: () => ({
      siteName: 'Test',
      user(logonId) {
        const user = configuration.users.find(each => each.logonId === logonId);
        return (
          user && { agentId: user.id, passwordHash, privileges: user.privileges, extension: user.extension }
        );
      },
      extension: () => true,
    }),
    tokenKey: Buffer.alloc(32, 7),
    tokenSeconds: 600,
    pages: {},
    clock: systemClock,
    logger,
  });
  gateway = opened;
  const url = `http://127.0.0.1:${opened.address.port}`;
  let callers = 0;
  return {
    site,
    gateway: opened,
    callManager,
    url,
    state() {
      const read = site.read();
      if (read === null) throw new Error('the site has no state');
      return read.state;
    },
    arrive(count) {
      const legs = Array.from({ length: count }, () => `caller-${++callers}`);
      for (const leg of legs) {
        report({
          type: 'arrived',
          leg,
          extension: '',
          callerNumber: leg.replace('caller-', '070'),
          callerName: 'Customer',
          calledNumber: testNumber(1),
          remoteAddress: '192.0.2.1',
        });
      }
      return legs;
    },
    answered: leg => report({ type: 'answered', leg, remoteAddress: '10.0.0.1' }),
    hungUp: leg => report({ type: 'cleared', leg, cause: 'normal', byRemote: true }),
    async logOn(agentId) {
      report({ type: 'registered', extension: testExtension(agentId), address: '10.0.0.1' });
      const response = await fetch(`${url}/logon`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ logonId: `agent${agentId}`, password: 'secret' }),
      });
      if (response.status !== 200) throw new Error(`the logon was refused: ${await response.text()}`);
      return (await response.json()) as LogonGrant;
    },
    connect: () => connect({ url }),
    async close() {
      await opened.close();
      await site.close();
    },
  };
}

/** An application that hears of everything that waits. */
export async function pick(bench: VoiceBench, grant: LogonGrant, name: string): Promise<Application> {
  const application = await bench.connect();
  await attach(application, grant.token);
  const ask = async (method: string, parameters: object) => {
    const answer = await application.peer.request(method, parameters, { id: `${method} ${name}` });
    if (!answer.ok) throw new Error(`${method}: ${answer.refusal.reason}`);
  };
  await ask('subscribeDispatchVoiceCalls', { serviceGroupId: 0, subscribe: true });
  await ask('enableDispatchEvents', { enable: true });
  return application;
}
