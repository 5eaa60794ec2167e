import {
  type AgentSnapshot,
  type Answer,
  accepted,
  brokerNotifications,
  type Check,
  type Clock,
  checkOf,
  createPeer,
  createSnapshotParts,
  EventMessage,
  InitializeResult,
  type Peer,
  type Refusal,
  type Transport,
  WireError,
} from '@cordboard/contract';

const checkEvent: Check = checkOf(EventMessage);
const checkResult: Check = checkOf(InitializeResult);

/** The last event that a client has seen. */
export interface Position {
  stream: string;
  seq: number;
}

/** One connection on which `initialize` was accepted. */
export interface Session {
  peer: Peer;
  position: Position;
  /** the application could not give every event since the position asked for: this is what is now */
  snapshot: AgentSnapshot | null;
  resumed: boolean;
  /** Events come from here on, those first that came with the answer to `initialize`. */
  start(take: (event: string, message: EventMessage) => void): void;
}

export interface SessionOptions {
  transport: Transport;
  clock: Clock;
  client: string;
  clientId: string;
  resume: Position | null;
  deadlineMilliseconds: number;
  onClose(): void;
}

/**
 * @throws WireError when the connection breaks or speaks nonsense before it is initialized
 */
export const openSession = async (
  options: SessionOptions,
): Promise<Answer<Session> | { ok: false; refusal: Refusal }> => {
  const early: [event: string, parameters: unknown][] = [];
  let take: ((event: string, message: EventMessage) => void) | null = null;

  const receive = (event: string, parameters: unknown) => {
    if (event === brokerNotifications.snapshotPart) parts.take(parameters);
    else if (!take) early.push([event, parameters]);
    else if (checkEvent(parameters) === null) take(event, parameters as EventMessage);
    else peer.close('an event without number or values');
  };
  const parts = createSnapshotParts(options.clock, detail => peer.close(detail));
  const peer = createPeer({
    transport: options.transport,
    clock: options.clock,
    deadlineMilliseconds: options.deadlineMilliseconds,
    route: () => undefined,
    onNotification: receive,
    onClose() {
      parts.broken();
      options.onClose();
    },
  });

  const { client, clientId, resume } = options;
  const answer = await peer
    .request(
      'initialize',
      { client, clientId, ...(resume && { resume: { stream: resume.stream, after: resume.seq } }) },
      { id: 'initialize' },
    )
    .catch((error: unknown) => {
      peer.close('no answer');
      throw error;
    });
  if (!answer.ok) {
    peer.close('refused');
    return answer;
  }
  const fault = checkResult(answer.value);
  if (fault) {
    peer.close('not an Agent application');
    throw new WireError('invalidResult', fault);
  }
  const { stream, seq, resumed, snapshot: first, parts: count = 0 } = answer.value as InitializeResult;
  const snapshot = first && (await parts.whole(first, count));
  return accepted({
    peer,
    resumed,
    snapshot,
    position: resumed && resume ? { ...resume } : { stream, seq },
    start(next) {
      take = next;
      for (const [event, parameters] of early.splice(0)) receive(event, parameters);
    },
  });
};
