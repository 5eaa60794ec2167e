import type { NameAddress } from '../../sip/name-address.ts';
import type { OutgoingCall } from '../../sip/session/outgoing.ts';
import type { Flow } from '../../sip/transport/flow.ts';
import { escapeUser, hostText } from '../../sip/uri.ts';
import { domainOf, routesOf, schemeOf, uriFor } from './trunk.ts';
import type { TrunkLine } from './trunk-line.ts';
import type { TrunkSet } from './trunk-set.ts';

/** Who is calling outside. */
export interface OutsideCaller {
  number: string;
  name: string;
  /** one of ours, whose number means nothing outside */
  internal: boolean;
}

/** Milliseconds without any word from a trunk after which the next one is tried. */
const trunkPatience = 6_000;

/** How one trunk would be asked for the call. */
export interface Attempt {
  readonly line: TrunkLine;
  readonly dialled: string;
  readonly anonymous: boolean;
}

/**
 * The trunks that a call to this number is tried at, in order: those with a pattern that matches and that are up. A number that
 * begins with the code for it is called anonymously. Emergency numbers are called at every trunk, the ones that seem to be down
 * last, with the caller's identity and as they are.
 */
export function attemptsFor(set: TrunkSet, number: string): Attempt[] | 'unknownNumber' | 'unreachable' {
  const { anonymousPrefix, emergencyNumbers } = set.rules;
  const withheld = anonymousPrefix !== '' && number.startsWith(anonymousPrefix);
  const called = withheld ? number.slice(anonymousPrefix.length) : number;
  if (called === '' || set.lines.length === 0) return 'unknownNumber';
  if (emergencyNumbers.includes(called)) {
    const ordered = [...set.lines].sort((a, b) => Number(b.status.up) - Number(a.status.up));
    return ordered.map(line => ({ line, dialled: called, anonymous: false }));
  }
  const attempts = set.lines.flatMap(line => {
    const dialled = dialledAt(line, called);
    return dialled === undefined ? [] : [{ line, dialled, anonymous: withheld || line.trunk.anonymous }];
  });
  if (attempts.length === 0) return 'unknownNumber';
  const up = attempts.filter(({ line }) => line.status.up);
  return up.length === 0 ? 'unreachable' : up;
}

/** As the trunk wants the number; undefined where it is not for this number. */
function dialledAt({ trunk }: TrunkLine, number: string): string | undefined {
  if (trunk.numbers.length === 0) return number;
  for (const { pattern, replacement } of trunk.numbers) {
    const expression = new RegExp(pattern);
    if (expression.test(number)) return number.replace(expression, replacement);
  }
  return undefined;
}

/** The INVITE of an attempt on the way to one of the trunk's servers. */
export function invitationTo(attempt: Attempt, flow: Flow, caller: OutsideCaller, sdp: string): OutgoingCall {
  const { line, dialled, anonymous } = attempt;
  const { trunk } = line;
  const uri = uriFor(trunk, dialled);
  const domain = trunk.user === '' ? hostText(flow.localAddress) : domainOf(trunk);
  const own = (number: string) => `${schemeOf(trunk)}:${escapeUser(number)}@${domain}`;
  const shown = identityOf(line, caller);
  const headers = new Map<string, string>();
  const routes = routesOf(trunk);
  if (routes.length > 0) headers.set('route', routes.join(', '));
  // RFC 3325 §9.1: what we vouch for is ours; a number from elsewhere is shown, not asserted.
  const asserted = trunk.mainNumber === '' ? '' : own(trunk.mainNumber);
  if (asserted !== '') headers.set('p-asserted-identity', `<${asserted}>`);
  if (anonymous) headers.set('privacy', 'id');
  return {
    flow,
    uri,
    from: anonymous
      ? anonymousFrom()
      : { displayName: shown.name, uri: own(shown.number), parameters: new Map() },
    to: { displayName: '', uri, parameters: new Map() },
    sdp,
    headers,
    reliable: true,
    patience: trunkPatience,
    ...(trunk.user === '' ? {} : { credentials: { user: trunk.user, password: trunk.password } }),
  };
}

function identityOf({ trunk }: TrunkLine, caller: OutsideCaller): { number: string; name: string } {
  const own = caller.internal || caller.number === '' || !trunk.showCallers;
  if (own && trunk.mainNumber !== '') return { number: trunk.mainNumber, name: trunk.mainName };
  return { number: caller.number === '' ? 'anonymous' : caller.number, name: caller.name };
}

/** RFC 3323 §4.1.1.3 */
function anonymousFrom(): NameAddress {
  return { displayName: 'Anonymous', uri: 'sip:anonymous@anonymous.invalid', parameters: new Map() };
}
