import type { Command, CommandResult } from '../control/protocol.ts';
import type { Binding, BindingStore } from '../sip/registrar/bindings.ts';
import type { SessionContext } from '../sip/session/context.ts';
import type { SessionEnd } from '../sip/session/events.ts';
import { forkInvite } from '../sip/session/fork.ts';
import type { OutgoingCall } from '../sip/session/outgoing.ts';
import { ipTarget } from '../sip/target.ts';
import type { Flow } from '../sip/transport/flow.ts';
import { escapeUser, hostText } from '../sip/uri.ts';
import { answerHeaders } from './answer-headers.ts';
import type { Switchboard } from './board.ts';
import { notify } from './hold.ts';
import { createLeg, type Leg } from './leg.ts';
import { attemptsFor, invitationTo } from './trunk/outside-call.ts';
import type { TrunkLine } from './trunk/trunk-line.ts';
import type { TrunkSet } from './trunk/trunk-set.ts';

type Originate = Extract<Command, { type: 'originate' }>;
export type Refusal = NonNullable<CommandResult['reason']>;

export interface OriginateContext {
  sip: SessionContext;
  board: Switchboard;
  bindings: BindingStore;
  trunks: TrunkSet;
  isExtension(number: string): boolean;
}

/** milliseconds without any word from one of several phones */
const unpluggedAfter = 4_000;

/**
 * What is tried, one after the other; the calls of one try ring together. Each is asked for when its turn comes; none: it cannot be
 * placed at present.
 */
type Tries = readonly Try[];

interface Try {
  /** by which it goes outside */
  line?: TrunkLine;
  calls(sdp: string): OutgoingCall[];
}

/** Calls a phone, or somebody outside. */
export function originate(context: OriginateContext, wanted: Originate): Refusal | undefined {
  const { board, sip } = context;
  const command = asForPage(context, wanted);
  if (board.legs.has(command.leg)) return 'duplicateLeg';
  const tries = find(context, command);
  if (tries === 'unknownNumber' || tries === 'unreachable') {
    board.report({ type: 'cleared', leg: command.leg, cause: tries, byRemote: false });
    return undefined;
  }
  if (typeof tries === 'string') return tries;
  const leg = createLeg({
    id: command.leg,
    direction: 'outgoing',
    answering: command.answering,
    outside: !('extension' in command.to),
    extension: 'extension' in command.to ? command.to.extension : '',
    browser: 'extension' in command.to && phonesOf(context, command.to.extension).some(isBrowser),
    state: 'dialing',
    remoteAddress: '',
    media: { type: 'none' },
  });
  // Not rung yet, but it can be picked up: to the controller that is a phone that rings.
  const waits = command.answering === 'autoAnswer';
  const opened = () => {
    const place = () => call(context, leg, tries);
    if (waits && !leg.wantsPickUp) leg.place = place;
    else place();
  };
  if (!board.add(leg, opened)) return 'wrongState';
  board.counters.originated++;
  board.setMedia(leg, command.media);
  leg.ringTimer = sip.clock.after(command.ringSeconds * 1000, () => board.clear(leg, 'noAnswer'));
  if (waits) ring(leg, board);
  return undefined;
}

/** NOTIFY talk is what desk phones have; a page, whichever desk phone it stands for, answers when it is called. */
function asForPage(context: OriginateContext, command: Originate): Originate {
  const { to, answering } = command;
  const page = 'extension' in to && phonesOf(context, to.extension).some(isBrowser);
  return page && answering === 'talk' ? { ...command, answering: 'autoAnswer' } : command;
}

function ring(leg: Leg, board: Switchboard): void {
  if (leg.state !== 'dialing') return;
  leg.state = 'alerting';
  board.report({ type: 'alerting', leg: leg.id }, true);
}

function find(
  context: OriginateContext,
  command: Originate,
): Tries | Refusal | 'unknownNumber' | 'unreachable' {
  const { to } = command;
  if ('extension' in to) return findPhones(context, command, to.extension);
  if ('number' in to) return findTrunks(context, command, to.number);
  const target = ipTarget(to.uri);
  if (target === undefined) return 'badArgument';
  const flow = context.sip.transport.flowTo(target.protocol, target.address, target.port);
  return [{ calls: sdp => [{ ...invitation(command, flow, to.uri, to.uri, sdp), reliable: true }] }];
}

const isBrowser = ({ flow }: Binding): boolean => flow.protocol === 'WS';

/**
 * Whoever has the window open wants to speak there: its desk phone rings only without. One offer cannot be for both, since browsers take
 * nothing but encrypted media and most desk phones nothing but plain.
 */
function phonesOf({ bindings }: OriginateContext, extension: string): Binding[] {
  const phones = bindings.of(extension);
  const browsers = phones.filter(isBrowser);
  return browsers.length > 0 ? browsers : phones;
}

/** All phones of the extension ring together. */
function findPhones(context: OriginateContext, command: Originate, extension: string): Tries | Refusal {
  const [newest] = phonesOf(context, extension);
  if (newest === undefined) return 'notRegistered';
  const toPages = isBrowser(newest);
  return [{ calls: sdp => invitations(context, command, extension, toPages, sdp) }];
}

/** To those that are there when they are called: a page that was loaded again since the call was offered has another connection. */
function invitations(
  { bindings }: OriginateContext,
  command: Originate,
  extension: string,
  toPages: boolean,
  sdp: string,
): OutgoingCall[] {
  const phones = bindings.of(extension).filter(each => isBrowser(each) === toPages);
  // Phones that answer by themselves would all do so: the one that registered last is at hand.
  const rung = answersByItself(command) ? phones.slice(0, 1) : phones;
  // Of several phones one may be unplugged: it must not keep the caller from hearing that the others are busy.
  const patience = rung.length > 1 ? { patience: unpluggedAfter } : {};
  return rung.map(({ contact, flow }) => {
    const address = `sip:${escapeUser(extension)}@${hostText(flow.localAddress)}`;
    return { ...invitation(command, flow, contact, address, sdp), ...patience };
  });
}

/** The trunks for the number are tried one after the other. */
function findTrunks(
  context: OriginateContext,
  command: Originate,
  number: string,
): Tries | 'unknownNumber' | 'unreachable' {
  const attempts = attemptsFor(context.trunks, number);
  if (typeof attempts === 'string') return attempts;
  const caller = {
    number: command.callerNumber,
    name: command.callerName,
    internal: context.isExtension(command.callerNumber),
  };
  return attempts.flatMap(attempt =>
    attempt.line.ways().map(way => ({
      line: attempt.line,
      calls: (sdp: string) => [invitationTo(attempt, way(), caller, sdp)],
    })),
  );
}

function answersByItself({ answering }: Originate): boolean {
  return answering === 'immediately' || answering === 'autoAnswer';
}

function invitation(command: Originate, flow: Flow, uri: string, to: string, sdp: string): OutgoingCall {
  const host = hostText(flow.localAddress);
  const user = command.callerNumber === '' ? 'anonymous' : escapeUser(command.callerNumber);
  return {
    flow,
    uri,
    from: { displayName: command.callerName, uri: `sip:${user}@${host}`, parameters: new Map() },
    to: { displayName: '', uri: to, parameters: new Map() },
    sdp,
    headers: answersByItself(command) ? answerHeaders(host) : new Map(),
  };
}

/** The first of the tries, and the next where nobody was there to ask. */
function call(context: OriginateContext, leg: Leg, [current, ...rest]: Tries): void {
  const { board, sip } = context;
  const usual = board.handlers(leg);
  const sdp = leg.speech?.offer() ?? '';
  const calls = current?.calls(sdp) ?? [];
  leg.trunk = current?.line?.trunk.name;
  const [first] = calls;
  if (first === undefined) {
    if (rest.length > 0) call(context, leg, rest);
    else board.drop(leg, 'unreachable', false);
    return;
  }
  leg.remoteAddress = first.flow.remoteAddress;
  const session = forkInvite(sip, calls, {
    ...usual,
    ringing() {
      ring(leg, board);
      if (leg.wantsPickUp && leg.answering === 'talk') talk(leg, board);
    },
    early(description) {
      if (leg.speech?.accept(description) !== true || leg.early) return;
      leg.early = true;
      board.report({ type: 'earlyMedia', leg: leg.id });
    },
    answered(description) {
      leg.remoteAddress = session.flow.remoteAddress;
      const agreed = description === '' ? leg.early : leg.speech?.accept(description) === true;
      if (agreed) board.wentUp(leg);
      // RFC 3261 §13.2.2.4: an answer that cannot be used is acknowledged and the call ended.
      else board.clear(leg, 'incompatible');
    },
    ended(end) {
      if (isServerFailure(end)) current?.line?.failed(first.flow);
      const next = triesAfter(end, current, rest);
      if (next.length > 0 && leg.state === 'dialing') call(context, leg, next);
      else usual.ended(end);
    },
  });
  leg.session = session;
}

/** What may still reach the number: the trunk's next server, or, where another would say the same, the next trunk. */
function triesAfter(end: SessionEnd, failed: Try | undefined, rest: Tries): Tries {
  if (!isTrunkFailure(end)) return [];
  return isServerFailure(end) ? rest : rest.filter(({ line }) => line !== failed?.line);
}

/** RFC 3263 §4.3: silence, a broken connection, and 503. */
function isServerFailure(end: SessionEnd): boolean {
  return end.type === 'unreachable' || (end.type === 'failed' && end.status === 503);
}

/** The trunk could not even try: the number may be reached by another. */
function isTrunkFailure(end: SessionEnd): boolean {
  if (end.type === 'unreachable') return true;
  if (end.type !== 'failed') return false;
  return trunkFailures.has(end.status) || (end.status >= 500 && end.status < 600);
}

/** It does not believe who we are; or its own next hop is silent, for nothing has rung. */
const trunkFailures = new Set([401, 407, 408]);

function talk(leg: Leg, board: Switchboard): void {
  if (leg.session?.usage === undefined) return;
  leg.wantsPickUp = false;
  notify(leg, 'talk', board);
}

/** Makes the phone answer, as the leg's `answering` says. */
export function pickUp(leg: Leg, board: Switchboard): Refusal | undefined {
  if (leg.direction !== 'outgoing' || leg.answering === 'phone') return 'wrongState';
  if (leg.state === 'up' || leg.answering === 'immediately') return undefined;
  const asked = leg.wantsPickUp;
  leg.wantsPickUp = true;
  if (leg.answering === 'talk') {
    if (!asked) talk(leg, board);
    return undefined;
  }
  const { place } = leg;
  leg.place = undefined;
  place?.();
  return undefined;
}
