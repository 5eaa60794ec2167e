import { canonicalAddress } from '../../address-text.ts';
import type { SwitchTrunk, TrunkStatus } from '../../control/protocol.ts';
import { createKeepAlive } from '../../sip/keep-alive.ts';
import { type Located, type Location, locate, usualPortOf } from '../../sip/locate/locate.ts';
import type { NameResolver } from '../../sip/locate/name-resolver.ts';
import { createRegistration } from '../../sip/registration.ts';
import type { SessionContext } from '../../sip/session/context.ts';
import type { ConnectionProblem, Flow } from '../../sip/transport/flow.ts';
import { keepConnection } from './kept-connection.ts';
import { domainOf, isAddress, nextHopOf, routesOf, schemeOf, tlsPeerOf } from './trunk.ts';
import { createTrunkTargets } from './trunk-targets.ts';

/** A trunk in use: where it is, and whether it is there. */
export interface TrunkLine {
  readonly trunk: SwitchTrunk;
  readonly status: TrunkStatus;
  /** the ways to its servers, in the order in which a call is tried; none until its name is known */
  ways(): Way[];
  /** its server on this flow gave no answer, or 503: others come first for a while */
  failed(flow: Flow): void;
  /** the way to the first of its servers */
  flow(): Flow | undefined;
  /** do calls on this flow come from it? */
  isSource(flow: Flow): boolean;
  /** a connection is gone, or did not come up */
  flowClosed(flow: Flow, problem?: ConnectionProblem): void;
  flowSecured(flow: Flow): void;
  close(): void;
}

/** Opens a way to one server. */
export type Way = () => Flow;

export interface TrunkSurroundings {
  context: SessionContext;
  resolver: NameResolver;
  changed(status: TrunkStatus): void;
}

/** What name servers say holds as long as they say, within these seconds; what they do not say is asked for again soon. */
const holdsAtLeast = 30;
const holdsAtMost = 3_600;
const askSoon = 10;
/** Servers of a trunk that one call is tried at. */
const triedServers = 3;

const nowhere: Location = { targets: [], seconds: 0 };

/**
 * up <--answers, registered, name known-- down
 */
export function openTrunkLine(
  trunk: SwitchTrunk,
  { context, resolver, changed }: TrunkSurroundings,
): TrunkLine {
  const hop = nextHopOf(trunk);
  const literal = isAddress(hop.host);
  const { clock, random, transport } = context;
  const furtherAddresses = trunk.addresses.map(canonicalAddress);
  const targets = createTrunkTargets(() => clock.now());
  let closed = false;
  let told = '';
  let since = clock.now();
  let timer = literal ? undefined : clock.after(0, () => void lookUp());

  function flow(): Flow | undefined {
    return connection === undefined ? open() : connection.flow();
  }

  function wayTo({ protocol, address, port }: Located): Flow {
    return protocol === 'TLS'
      ? transport.secureFlowTo(address, port, tlsPeerOf(trunk))
      : transport.flowTo(protocol, address, port);
  }

  function open(): Flow | undefined {
    const [target] = targets.ordered();
    return target === undefined ? undefined : wayTo(target);
  }

  /** Who can say nothing of services may still know the address, and the machine's own names are in no name server. */
  async function byAddressAlone(): Promise<Location> {
    if (targets.ordered().length > 0) return nowhere;
    const port = hop.port ?? usualPortOf(hop.protocol ?? 'UDP');
    const found = await locate({ ...hop, port }, resolver, random).catch(() => nowhere);
    return { ...found, seconds: 0 };
  }

  async function lookUp(): Promise<void> {
    const found = await locate(hop, resolver, random).catch(byAddressAlone);
    if (closed) return;
    const reached = found.targets.filter(({ address }) => transport.reaches(address));
    // A name that cannot be looked up at present keeps the servers that it had.
    if (reached.length > 0) targets.replace(reached);
    const seconds = Math.min(Math.max(found.seconds, holdsAtLeast), holdsAtMost);
    if (!literal) timer = clock.after((reached.length > 0 ? seconds : askSoon) * 1_000, () => void lookUp());
    if (targets.ordered().length > 0) start();
    note();
  }

  const connection =
    hop.protocol === 'TLS' ? keepConnection({ clock, random, open, changed: note }) : undefined;
  const peer = {
    context,
    scheme: schemeOf(trunk),
    domain: domainOf(trunk),
    routes: routesOf(trunk),
    flow,
    failed: targets.failed,
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
    if (targets.ordered().length === 0) return { state: 'unresolved' };
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
    since = clock.now();
    changed(describe());
  }

  if (literal) {
    const protocol = hop.protocol ?? 'UDP';
    targets.replace([
      { protocol, address: canonicalAddress(hop.host), port: hop.port ?? usualPortOf(protocol) },
    ]);
    start();
  }
  const keepAlive =
    trunk.keepAliveSeconds > 0 ? createKeepAlive({ ...peer, seconds: trunk.keepAliveSeconds }) : undefined;
  note();

  return {
    trunk,
    get status() {
      return describe();
    },
    ways: () =>
      targets
        .ordered()
        .slice(0, triedServers)
        .map(target => () => wayTo(target)),
    failed: gone => void targets.failed(gone),
    flow,
    isSource(from) {
      const servers = targets.ordered();
      const known = servers.some(({ address }) => address === from.remoteAddress);
      if (!known && !furtherAddresses.includes(from.remoteAddress)) return false;
      // Whoever can forge an address can forge no connection; what should be encrypted is not believed otherwise.
      if (hop.protocol === 'TLS') return from.protocol === 'TLS';
      // A connection comes from any port; a datagram from the port that its sender listens at.
      if (trunk.anySourcePort) return true;
      return servers.some(({ protocol, port }) =>
        from.reliable ? protocol === 'TCP' : port === from.remotePort,
      );
    },
    flowClosed(gone, problem) {
      if (problem !== undefined) targets.failed(gone);
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
