import type { SwitchTrunk, TrunkStatus } from '../../control/protocol.ts';
import { createKeepAlive } from '../../sip/keep-alive.ts';
import { createRegistration } from '../../sip/registration.ts';
import type { SessionContext } from '../../sip/session/context.ts';
import type { Flow } from '../../sip/transport/flow.ts';
import { domainOf, isAddress, nextHopOf, routesOf } from './trunk.ts';

/** A trunk in use: where it is, and whether it is there. */
export interface TrunkLine {
  readonly trunk: SwitchTrunk;
  readonly status: TrunkStatus;
  /** the way to it; undefined until its name is known */
  flow(): Flow | undefined;
  /** do calls on this flow come from it? */
  isSource(flow: Flow): boolean;
  /** a connection is gone */
  flowClosed(flow: Flow): void;
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
    const [address] = resolved;
    return address === undefined ? undefined : context.transport.flowTo(hop.transport, address, hop.port);
  }

  async function lookUp(): Promise<void> {
    const found = await resolve(hop.host);
    if (closed) return;
    // A name that cannot be looked up at present keeps the addresses that it had.
    if (found.length > 0) resolved = found;
    timer = context.clock.after(found.length > 0 ? resolveAgain : resolveSoon, () => void lookUp());
    if (registration === undefined && trunk.registerSeconds > 0 && resolved.length > 0) register();
    note();
  }

  const peer = { context, domain: domainOf(trunk), routes: routesOf(trunk), flow, changed: note };
  let registration: ReturnType<typeof createRegistration> | undefined;

  function register(): void {
    const credentials = { user: trunk.user, password: trunk.password };
    registration = createRegistration({ ...peer, credentials, seconds: trunk.registerSeconds });
  }

  function describe(): TrunkStatus {
    const { name } = trunk;
    if (resolved.length === 0) return { name, up: false, state: 'unresolved', since };
    if (trunk.registerSeconds > 0 && registration?.state !== 'registered') {
      const state = registration?.state === 'failed' ? 'registrationFailed' : 'registering';
      return {
        name,
        up: false,
        state,
        ...(registration?.status ? { status: registration.status } : {}),
        since,
      };
    }
    if (keepAlive?.answering === false) return { name, up: false, state: 'silent', since };
    return { name, up: true, state: trunk.registerSeconds > 0 ? 'registered' : 'ready', since };
  }

  function note(): void {
    const { state, status } = describe();
    const text = `${state} ${status}`;
    if (text === told) return;
    told = text;
    since = context.clock.now();
    changed(describe());
  }

  if (literal && trunk.registerSeconds > 0) register();
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
      // A connection comes from any port; a datagram from the port that its sender listens at.
      if (trunk.anySourcePort || (from.reliable && hop.transport === 'TCP')) return true;
      return from.remotePort === hop.port;
    },
    flowClosed: gone => registration?.flowClosed(gone),
    close() {
      closed = true;
      timer?.cancel();
      registration?.close();
      keepAlive?.close();
    },
  };
}
