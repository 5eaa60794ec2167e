import { type ICall, type IUserInformation, SessionState } from '@cordboard/contract';
import type { AgentClient } from '@cordboard/sdk';
import {
  createDispatchBoard,
  createStreamCheck,
  type Findings,
  type VirtualClock,
  type WaitingItem,
} from '@cordboard/sim';
import { createEventOrderCheck, type DurableStreams } from './durable-streams.ts';

/** What one program beside an Agent application has been told, and the checks of that. */
export interface Program {
  readonly client: AgentClient;
  readonly events: number;
  user(): IUserInformation | null;
  calls(): ICall[];
  /** what waits to be picked */
  waiting(): readonly WaitingItem[];
  /** it has seen everything that its agent's stream holds */
  readonly upToDate: boolean;
}

/** After it was told that events are missing a program gets what has changed; so long nothing is expected of their order. */
const resynchronizing = 3_000;

export const createProgram = (options: {
  agentId: number;
  name: string;
  client: AgentClient;
  clock: VirtualClock;
  streams: DurableStreams;
  findings: Findings;
}): Program => {
  const { agentId, name, client, clock, streams, findings } = options;
  const order = createEventOrderCheck(agentId, name, streams, findings);
  const check = createStreamCheck(`agent ${agentId}, ${name}`, findings);
  const calls = new Map<number, ICall>();
  const board = createDispatchBoard();
  let user: IUserInformation | null = null;
  let events = 0;
  let seq = 0;
  let looseUntil = 0;
  let loose = true;
  /** what is now was asked for or told; otherwise nothing can be said yet */
  let known = false;

  const settle = () => {
    if (!loose || !known || clock.now() < looseUntil) return;
    loose = false;
    check.snapshot(seq, { calls: [...calls.values()] } as never);
  };

  const interrupt = () => {
    order.interrupted();
    loose = true;
    looseUntil = clock.now() + resynchronizing;
    clock.after(resynchronizing + 1, settle);
  };
  interrupt();

  const replaceCalls = (now: readonly ICall[]) => {
    calls.clear();
    for (const call of now) calls.set(call.ID, call);
  };

  const saw = (event: string, values: readonly unknown[]) => {
    events += 1;
    if (loose) return;
    seq += 1;
    order.event(event, values);
    check.item(seq, { event, values } as never);
  };

  client.on('OnCallEvent', call => {
    findings.note(
      `agent ${agentId} ${name}: call ${call.ID} of caller ${call.PhoneNumber} state ${call.State}`,
    );
    if (call.State === SessionState.Idle) calls.delete(call.ID);
    else calls.set(call.ID, call);
    saw('OnCallEvent', [call]);
  });
  client.on('OnUserStatusUpdate', status => {
    user = status;
    // what the application says by itself when it is logged off
    if (status.LoggedOn === 0) interrupt();
    saw('OnUserStatusUpdate', [status]);
  });
  client.on('OnRegistrationStatus', registered => saw('OnRegistrationStatus', [registered]));
  for (const event of [
    'OnDispatchPersonalCallEvent',
    'OnDispatchCommonHoldCallEvent',
    'OnDispatchVoiceCallEvent',
    'OnRealTimeInformationUpdate',
  ] as const) {
    client.on(event, (...values: unknown[]) => {
      board.take({ event, values } as never);
      saw(event, values);
    });
  }
  client.on('protocolFault', fault =>
    findings.violated('SYS-01', `agent ${agentId}: ${JSON.stringify(fault)}`),
  );
  client.on('resynchronized', snapshot => {
    findings.note(`agent ${agentId} ${name}: events are missing`);
    user = snapshot.user;
    replaceCalls(snapshot.calls);
    board.clear();
    known = true;
    interrupt();
  });
  client.on('OnApplicationClosed', () => {
    interrupt();
    user = null;
    known = false;
    calls.clear();
  });
  client.on('OnApplicationReadyForInitialization', () => {
    void client.initialize().then(async accepted => {
      if (!accepted) return;
      const now = await client.getUserInformation();
      const current = await client.getCalls();
      user = now.LoginID === '' ? null : now;
      replaceCalls(current);
      known = true;
      interrupt();
    });
  });

  return {
    client,
    get events() {
      return events;
    },
    user: () => user,
    calls: () => [...calls.values()],
    waiting: () => board.items(),
    get upToDate() {
      return !loose && order.upToDate;
    },
  };
};
