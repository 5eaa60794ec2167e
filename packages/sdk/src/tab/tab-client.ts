import type { ArgumentsOf, MethodName, Refusal, ResultOf } from '@cordboard/contract';
import type { ClientEvents, OperationFailure } from '../client-events.ts';
import { ArgumentError, ClientClosedError } from '../errors.ts';
import { withBothNames } from './both-names.ts';
import { createCurrentState, type Told } from './current-state.ts';
import { createHandledReports } from './handled-reports.ts';
import { createHandlers, eventName } from './handlers.ts';
import type { TrustedOrigin } from './handshake.ts';
import { leaveOnKey } from './leave-key.ts';
import { type PageMethod, pageMethods } from './method-book.ts';
import { eventTable } from './method-table.ts';
import { createPageSession } from './page-session.ts';
import type { PageSurroundings } from './page-surroundings.ts';
import type { Reply } from './port-link.ts';

/** What a page hears: the documented events by their arguments, and what tells how a request or the connection goes. */
export type TabEvents = Omit<
  ClientEvents,
  | 'connectionChanged'
  | 'resynchronized'
  | 'protocolFault'
  | 'abilities'
  | 'coverage'
  | 'OnRealTimeInformationUpdate'
> & { connectionChanged: [state: 'connected' | 'reconnecting' | 'closed'] };
export type TabEventName = keyof TabEvents;
type TabHandler<Name extends TabEventName> = (...values: TabEvents[Name]) => void;

/** The methods of the documented interface that are marked JS; a page that calls another gets a `TypeError` from its browser. */
export type TabMethods = {
  [Name in Exclude<MethodName, NotInTabs>]: (...given: ArgumentsOf<Name>) => Promise<ResultOf<Name>>;
};
type NotInTabs =
  | 'initialize'
  | 'uninitialize'
  | 'canInitialize'
  | 'isBSARunning'
  | 'launchBSA'
  | 'launchBSAWithCredentials'
  | 'launchAgentWithParams'
  | 'closeApplication'
  | 'subscribeRealTimeInformation'
  | 'parkCall'
  | 'setMonitorMode';

/** `onCallEvent`: one handler, set as a property; null = none. */
export type TabCallbacks = {
  [Name in TabEventName as Uncapitalize<Name>]: TabHandler<Name> | null;
};

/**
 * The integration interface for a page in a web tab of the Agent application. A method that returns a boolean returns false
 * when it is refused, one that returns a list []; `lastRefusal` says why. A handler that is added late is told at once what
 * is now. Objects have each property by its documented name and as scripts write it: `call.ID` and `call.id`.
 */
export interface TabClient extends TabMethods, TabCallbacks {
  /** Returns what ends it. */
  on<Name extends TabEventName>(event: Name, handler: TabHandler<Name>): () => void;
  once<Name extends TabEventName>(event: Name, handler: TabHandler<Name>): () => void;
  off<Name extends TabEventName>(event: Name, handler: TabHandler<Name>): void;
  /** As on other objects of a browser: the handler gets `{ type, detail }`, the event's values in `detail`. */
  addEventListener<Name extends TabEventName>(event: Name, listener: TabListener<Name>): void;
  removeEventListener<Name extends TabEventName>(event: Name, listener: TabListener<Name>): void;
  /** of the request that was refused last, or of the connection; null when none was */
  readonly lastRefusal: (Refusal & { method: string }) | null;
  readonly connectionState: 'connecting' | 'connected' | 'reconnecting' | 'closed';
  close(): void;
}
type TabListener<Name extends TabEventName> = (event: { type: Name; detail: TabEvents[Name] }) => void;

export interface TabClientOptions {
  surroundings: PageSurroundings;
  /** origins at which the Agent application's window may be */
  trusted: readonly TrustedOrigin[];
  /** of each request, 10 s unless told */
  deadlineMilliseconds?: number;
}

type Handler = (...values: unknown[]) => void;

const namedArguments = (method: PageMethod, given: readonly unknown[]): Record<string, unknown> => {
  const { name, parameters } = method;
  if (given.length > parameters.length)
    throw new ArgumentError(name, null, `are ${given.length}, at most ${parameters.length} are known`);
  return Object.fromEntries(
    parameters.flatMap((each, index) => (given[index] === undefined ? [] : [[each, given[index]]])),
  );
};

export const createTabClient = (options: TabClientOptions): TabClient => {
  const { surroundings, deadlineMilliseconds = 10_000 } = options;
  const handlers = createHandlers();
  const current = createCurrentState();
  const listeners = new Map<Handler, Handler>();
  const asked = new Map<number, string>();
  let connectionState: TabClient['connectionState'] = 'connecting';
  let lastRefusal: TabClient['lastRefusal'] = null;
  let applicationClosed = false;
  let lastId = 0;

  const tell = ({ event, values }: Told) => handlers.tell(event, withBothNames([...values]));
  const change = (state: Exclude<TabClient['connectionState'], 'connecting'>) => {
    connectionState = state;
    handlers.tell('connectionChanged', [state]);
  };
  const tellFailure = ([requestId, refusal]: readonly unknown[]) => {
    const id = Number(String(requestId).split(':').at(-1));
    const failure = { ...(refusal as Refusal), method: asked.get(id) ?? null, requestId: id };
    handlers.tell('operationFailed', [failure as OperationFailure]);
  };

  const session = createPageSession(surroundings, options.trusted, () => ++lastId, {
    onConnected(state) {
      change('connected');
      if (applicationClosed) handlers.tell('OnApplicationReadyForInitialization', []);
      applicationClosed = false;
      for (const told of state ? current.replace(state) : []) tell(told);
    },
    onRefused(refusal) {
      lastRefusal = { method: 'initialize', ...refusal };
    },
    onEvent(event, seq, values) {
      if (event === 'operationFailed') return tellFailure(values);
      if (event === 'state') {
        current.replace(
          (values as [string, unknown[]][]).map(([name, told]) => ({ event: name, values: told })),
        );
        return;
      }
      current.take({ event, values });
      if (handlers.has(event)) reports.handled(seq);
      tell({ event, values });
    },
    onLost(reason) {
      change('reconnecting');
      if (reason !== 'application') return;
      applicationClosed = true;
      handlers.tell('OnApplicationClosed', []);
    },
  });
  const reports = createHandledReports(surroundings, async report => {
    (await session.link(0))?.notify('handled', report);
  });

  const stayInPage = leaveOnKey(surroundings, () => connectionState === 'connected');

  const late = (milliseconds: number): { reply: Promise<Reply>; cancel(): void } => {
    let cancel = () => {};
    const reply = new Promise<Reply>(resolve => {
      cancel = surroundings.after(milliseconds, () =>
        resolve({ type: 'refused', refusal: { reason: 'deadlineExceeded' } }),
      );
    });
    return { reply, cancel };
  };

  const ask = async (method: PageMethod, given: readonly unknown[]): Promise<unknown> => {
    if (connectionState === 'closed') throw new ClientClosedError();
    const parameters = namedArguments(method, given);
    const until = surroundings.now() + deadlineMilliseconds;
    const link = await session.link(deadlineMilliseconds);
    if (!link) return refuse(method, { reason: 'notInitialized' });
    const { id, reply } = link.request(method.name, parameters);
    asked.set(id, method.name);
    asked.delete(id - 512);
    const deadline = late(until - surroundings.now());
    const outcome = await Promise.race([reply, deadline.reply]);
    deadline.cancel();
    switch (outcome.type) {
      case 'result':
        return withBothNames(outcome.value);
      case 'refused':
        return refuse(method, outcome.refusal);
      case 'lost':
        return refuse(method, { reason: 'connectionLost' });
      case 'wrong':
        throw ArgumentError.of(method.name, outcome);
    }
  };
  const refuse = (method: PageMethod, refusal: Refusal): unknown => {
    lastRefusal = { method: method.name, ...refusal };
    return withBothNames(JSON.parse(method.whenRefused) as unknown);
  };

  /** Tells a handler that is new what it has missed, after whoever adds it has gone on. */
  const add = (name: string, handler: Handler): (() => void) => {
    const event = eventName(name);
    let wanted = true;
    const missed = current.of(event);
    queueMicrotask(() => {
      for (const { values } of missed) if (wanted) handler(...(withBothNames([...values]) as unknown[]));
    });
    const end = handlers.add(event, handler);
    return () => {
      wanted = false;
      end();
    };
  };

  const methods = Object.fromEntries(
    pageMethods.map(method => [method.name, (...given: unknown[]) => ask(method, given)]),
  ) as unknown as TabMethods;

  const client = {
    ...methods,
    on: (event: string, handler: Handler) => add(event, handler),
    once(event: string, handler: Handler) {
      const end = add(event, (...values) => {
        end();
        handler(...values);
      });
      return end;
    },
    off: (event: string, handler: Handler) => handlers.remove(eventName(event), handler),
    addEventListener(event: string, listener: Handler) {
      const type = eventName(event);
      const handler = listeners.get(listener) ?? ((...detail: unknown[]) => listener({ type, detail }));
      listeners.set(listener, handler);
      handlers.remove(type, handler);
      add(type, handler);
    },
    removeEventListener(event: string, listener: Handler) {
      const handler = listeners.get(listener);
      if (handler) handlers.remove(eventName(event), handler);
    },
    get lastRefusal() {
      return lastRefusal;
    },
    get connectionState() {
      return connectionState;
    },
    close() {
      if (connectionState === 'closed') return;
      session.close();
      reports.close();
      stayInPage();
      change('closed');
    },
  };
  defineCallbacks(client, add);
  return client as unknown as TabClient;
};

/** `client.onCallEvent = call => ...` */
const defineCallbacks = (client: object, add: (event: string, handler: Handler) => () => void): void => {
  for (const event of [...eventTable, 'operationFailed', 'connectionChanged']) {
    let handler: Handler | null = null;
    let end = () => {};
    Object.defineProperty(client, event.slice(0, 1).toLowerCase() + event.slice(1), {
      enumerable: true,
      get: () => handler,
      set(next: Handler | null) {
        end();
        handler = typeof next === 'function' ? next : null;
        end = handler ? add(event, handler) : () => {};
      },
    });
  }
};
