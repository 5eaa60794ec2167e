import type { SwitchTrunk, TrunkStatus } from '../../control/protocol.ts';
import { createKeepAlive } from '../../sip/keep-alive.ts';
import { createRegistration } from '../../sip/registration.ts';
import type { SessionContext } from '../../sip/session/context.ts';
import type { ConnectionProblem, Flow } from '../../sip/transport/flow.ts';
import { keepConnection } from './kept-connection.ts';
import { domainOf, isAddress, nextHopOf, routesOf, schemeOf, tlsPeerOf } from './trunk.ts';

/** A trunk in use: where it is, and whether it is there. */
export interface TrunkLine {
  readonly trunk: SwitchTrunk;
  readonly status: TrunkStatus;
  /** the way to it; undefined until its name is known */
  flow(): Flow | undefined;
  /** do calls on this flow come from it? */
  isSource(flow: Flow): boolean;
  /** a connection is gone, or did not come up */
  flowClosed(flow: Flow, problem?: ConnectionProblem): void;
  flowSecured(flow: Flow): void;
  close(): void;
}

export interface TrunkSurroundings {
  context: SessionContext;
  /** IP addresses of a name; empty where there are none */
  resolve(host: string): Promise<string[]>;
  changed(status: TrunkStatus): void;
}

/** An address may change with the time; nobody says when. */
const resolveAgain = 300_000;
const resolveSoon = 10_000;

/**
 * up <--answers, registered, name known-- down
 */
export function openTrunkLine(
  trunk: SwitchTrunk,
  { context, resolve, changed }: TrunkSurroundings,
): TrunkLine {
  const hop = nextHopOf(trunk);
  const literal = isAddress(hop.host);
  let resolved: string[] = literal ? [hop.host] : [];
  let closed = false;
  let told = '';
  let since = context.clock.now();
  let timer = literal ? undefined : context.clock.after(0, () => void lookUp());

  function flow(): Flow | undefined {
    return connection === undefined ? open() : connection.flow();
  }

  function open(): Flow | undefined {
    const [address] = resolved;
    if (address === undefined) return undefined;
    return hop.transport === 'TLS'
      ? context.transport.secureFlowTo(address, hop.port, tlsPeerOf(trunk))
      : context.transport.flowTo(hop.transport, address, hop.port);
  }

  async function lookUp(): Promise<void> {
    const found = await resolve(hop.host);
    if (closed) return;
    // A name that cannot be looked up at present keeps the addresses that it had.
    if (found.length > 0) resolved = found;
    timer = context.clock.after(found.length > 0 ? resolveAgain : resolveSoon, () => void lookUp());
    if (resolved.length > 0) start();
    note();
  }

  const { clock, random } = context;
  const connection =
    hop.transport === 'TLS' ? keepConnection({ clock, random, open, changed: note }) : undefined;
  const peer = {
    context,
    scheme: schemeOf(trunk),
    domain: domainOf(trunk),
    routes: routesOf(trunk),
    flow,
    changed: note,
  };
  let registration: ReturnType<typeof createRegistration> | undefined;
  let started = false;

  /** It is known where it is. */
  function start(): void {
    if (started) return;
    started = true;
    connection?.flow();
    if (trunk.registerSeconds === 0) return;
    const credentials = { user: trunk.user, password: trunk.password };
    registration = createRegistration({ ...peer, credentials, seconds: trunk.registerSeconds });
  }

  function describe(): TrunkStatus {
    const found = find();
    return { name: trunk.name, up: found.state === 'ready' || found.state === 'registered', ...found, since };
  }

  function find(): Pick<TrunkStatus, 'state' | 'status' | 'problem'> {
    if (resolved.length === 0) return { state: 'unresolved' };
    if (connection?.proven === false) {
      const { problem } = connection;
      return problem === undefined ? { state: 'connecting' } : { state: 'notConnected', problem };
    }
    if (trunk.registerSeconds > 0 && registration?.state !== 'registered') {
      const state = registration?.state === 'failed' ? 'registrationFailed' : 'registering';
      return { state, ...(registration?.status ? { status: registration.status } : {}) };
    }
    if (keepAlive?.answering === false) return { state: 'silent' };
    return { state: trunk.registerSeconds > 0 ? 'registered' : 'ready' };
  }

  function note(): void {
    const { state, status, problem } = describe();
    const text = `${state} ${status} ${problem}`;
    if (text === told) return;
    told = text;
    since = context.clock.now();
    changed(describe());
  }

  if (literal) start();
  const keepAlive =
    trunk.keepAliveSeconds > 0 ? createKeepAlive({ ...peer, seconds: trunk.keepAliveSeconds }) : undefined;
  note();

  return {
    trunk,
    get status() {
      return describe();
    },
    flow,
    isSource(from) {
      if (!resolved.includes(from.remoteAddress) && !trunk.addresses.includes(from.remoteAddress))
        return false;
      // Whoever can forge an address can forge no connection; what should be encrypted is not believed otherwise.
      if (hop.transport === 'TLS') return from.protocol === 'TLS';
      // A connection comes from any port; a datagram from the port that its sender listens at.
      if (trunk.anySourcePort || (from.reliable && hop.transport === 'TCP')) return true;
      return from.remotePort === hop.port;
    },
    flowClosed(gone, problem) {
      connection?.closed(gone, problem);
      registration?.flowClosed(gone);
    },
    flowSecured: up => connection?.secured(up),
    close() {
      closed = true;
      timer?.cancel();
      connection?.close();
      registration?.close();
      keepAlive?.close();
    },
  };
}
