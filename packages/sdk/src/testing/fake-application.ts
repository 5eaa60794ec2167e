import {
  type Answer,
  accepted,
  createLinkedPair,
  createPeer,
  type InitializeRequest,
  type LaunchParameters,
  type Peer,
  type RuntimeFile,
  refused,
  systemClock,
  type Transport,
} from '@cordboard/contract';
import type { ApplicationAccess } from '../application-access.ts';

/** An Agent application in memory that does what a test tells it, mistakes too. */
export interface FakeApplication {
  readonly access: ApplicationAccess;
  /** the connections that were made */
  readonly connections: readonly Transport[];
  readonly initializations: InitializeRequest[];
  readonly launched: LaunchParameters[];
  /** null = it does not run */
  running: RuntimeFile | null;
  onInitialize: (request: InitializeRequest) => Answer | Promise<Answer>;
  onRequest: (method: string, parameters: object) => Answer | Promise<Answer>;
  /** methods that this application does not know */
  unknown: string[];
  /** Sends an event on every connection. */
  event(name: string, seq: number, ...values: unknown[]): void;
  notify(name: string, parameters: object): void;
  breakConnections(): void;
  changed(): void;
}

export const createFakeApplication = (): FakeApplication => {
  const connections: Transport[] = [];
  const peers = new Set<Peer>();
  const initializations: InitializeRequest[] = [];
  const launched: LaunchParameters[] = [];
  let watcher = () => {};

  const serve = (transport: Transport) => {
    const peer = createPeer({
      transport,
      clock: systemClock,
      route(method) {
        if (application.unknown.includes(method)) return undefined;
        return {
          check: () => null,
          run(parameters: object) {
            if (method !== 'initialize') return application.onRequest(method, parameters);
            initializations.push(parameters as InitializeRequest);
            return application.onInitialize(parameters as InitializeRequest);
          },
        };
      },
      onClose: () => peers.delete(peer),
    });
    peers.add(peer);
  };

  const application: FakeApplication = {
    connections,
    initializations,
    launched,
    unknown: [],
    running: { pid: 1, endpoint: '', release: '1', startedAt: 'first', ready: true },
    onInitialize: ({ resume }) =>
      accepted({
        stream: 'stream',
        seq: resume ? resume.after : 0,
        resumed: resume !== undefined,
        snapshot: null,
        release: '1',
      }),
    onRequest: () => accepted(true),
    access: {
      find: async () => application.running,
      async connect() {
        if (!application.running) throw new Error('nobody listens');
        const [near, far] = createLinkedPair();
        connections.push(far);
        serve(far);
        return near;
      },
      watch(changed) {
        watcher = changed;
        return () => {
          watcher = () => {};
        };
      },
      async launch(parameters) {
        launched.push(parameters);
        return refused('cannotLaunch');
      },
    },
    event: (name, seq, ...values) => application.notify(name, { seq, values }),
    notify(name, parameters) {
      for (const peer of peers) peer.notify(name, parameters);
    },
    breakConnections() {
      for (const peer of [...peers]) peer.close('broken');
    },
    changed: () => watcher(),
  };
  return application;
};
