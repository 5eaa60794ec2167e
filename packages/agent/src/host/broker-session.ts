import {
  type Answer,
  AttachResult,
  accepted,
  brokerMethods,
  brokerNotifications,
  type Check,
  type Clock,
  checkOf,
  createPeer,
  createSnapshotParts,
  LoggedOffMessage,
  type Peer,
  StreamItemMessage,
  type Timer,
  type Transport,
  WireError,
  wrappedTransport,
} from '@cordboard/contract';
import { measurePing, type PingMeasured } from './ping.ts';

/** One connection to the broker on which `attach` was accepted. */
export interface BrokerSession {
  peer: Peer;
  attached: AttachResult;
  /** Items come from here on, those first that came with the answer to `attach`. */
  start(): void;
}

export interface BrokerSessionOptions {
  transport: Transport;
  clock: Clock;
  token: string;
  client: string;
  resume: { stream: string; after: number } | null;
  onItem(item: StreamItemMessage): void;
  onLoggedOff(message: LoggedOffMessage): void;
  onPing(measured: PingMeasured): void;
  onClose(detail: string): void;
}

const checkAttached = checkOf(AttachResult);
const checks = new Map<string, Check>([
  [brokerNotifications.item, checkOf(StreamItemMessage)],
  [brokerNotifications.loggedOff, checkOf(LoggedOffMessage)],
]);

/** Sends something often enough, and ends a connection on which nothing came for three heartbeats. */
const keepAlive = (
  peer: Peer,
  clock: Clock,
  seconds: number,
  lastHeard: () => number,
  onPing: (measured: PingMeasured) => void,
): { stop(): void } => {
  const milliseconds = Math.max(1, seconds) * 1_000;
  let timer: Timer;
  const beat = () => {
    if (clock.now() - lastHeard() > 3 * milliseconds) return peer.close('the server fell silent');
    void measurePing(peer, clock, onPing);
    timer = clock.after(milliseconds, beat);
  };
  // one at once: how far away the server is should be known before it matters
  void measurePing(peer, clock, onPing);
  timer = clock.after(milliseconds, beat);
  return { stop: () => timer.cancel() };
};

/**
 * @throws WireError when the connection breaks or speaks nonsense before it is attached
 */
export const openBrokerSession = async (options: BrokerSessionOptions): Promise<Answer<BrokerSession>> => {
  const { clock, transport } = options;
  const early: [name: string, parameters: unknown][] = [];
  let started = false;
  let heartbeat: { stop(): void } | null = null;
  let lastHeard = clock.now();

  const heard = wrappedTransport(transport, {
    receive(message, reader) {
      lastHeard = clock.now();
      reader(message);
    },
  });

  const receive = (name: string, parameters: unknown) => {
    if (name === brokerNotifications.snapshotPart) parts.take(parameters);
    else if (!started) {
      early.push([name, parameters]);
    } else if (checks.get(name)?.(parameters)) peer.close(`${name} of the wrong type`);
    else if (name === brokerNotifications.item) options.onItem(parameters as StreamItemMessage);
    else if (name === brokerNotifications.loggedOff) options.onLoggedOff(parameters as LoggedOffMessage);
  };

  const parts = createSnapshotParts(clock, detail => peer.close(detail));
  const peer = createPeer({
    transport: heard,
    clock,
    route: name =>
      name === brokerMethods.ping ? { check: () => null, run: () => accepted(null) } : undefined,
    onNotification: receive,
    onClose(end) {
      heartbeat?.stop();
      parts.broken();
      options.onClose(end.detail);
    },
  });

  const { token, client, resume } = options;
  const answer = await peer
    .request(brokerMethods.attach, { token, client, ...(resume && { resume }) }, { id: 'attach' })
    .catch((error: unknown) => {
      peer.close('no answer');
      throw error;
    });
  if (!answer.ok) {
    peer.close('refused');
    return answer;
  }
  const fault = checkAttached(answer.value);
  if (fault) {
    peer.close('not a broker');
    throw new WireError('invalidResult', fault);
  }
  const result = answer.value as AttachResult;
  if (!peer.closed)
    heartbeat = keepAlive(peer, clock, result.heartbeatSeconds, () => lastHeard, options.onPing);
  const attached =
    result.snapshot === null
      ? result
      : { ...result, snapshot: await parts.whole(result.snapshot, result.parts ?? 0) };
  return accepted({
    peer,
    attached,
    start() {
      started = true;
      for (const [name, parameters] of early.splice(0)) receive(name, parameters);
    },
  });
};
