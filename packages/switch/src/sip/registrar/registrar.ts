import type { Clock } from '../clock.ts';
import { isDigits } from '../grammar.ts';
import {
  callIdOf,
  createResponse,
  header,
  headerValues,
  type SipRequest,
  type SipResponse,
  sequenceOf,
  setHeader,
  toOf,
} from '../message.ts';
import { type NameAddress, parseNameAddress } from '../name-address.ts';
import type { ServerTransaction } from '../transaction/server.ts';
import type { Flow } from '../transport/flow.ts';
import { parseUri, userOf } from '../uri.ts';
import type { Account } from './accounts.ts';
import type { BindingStore } from './bindings.ts';

/** Expiry of registrations in seconds (RFC 3261 §10.2.1.1, §10.3 step 7). */
export interface RegistrarSettings {
  minimum: number;
  maximum: number;
  /** for a phone that asks for none */
  usual: number;
}

/** Phones of one extension at the same time. */
const maximumBindings = 8;

interface Options {
  clock: Clock;
  bindings: BindingStore;
  settings: RegistrarSettings;
  randomId(): string;
  /** dialogs, as in Replaces (RFC 3891 §6.1), with which this phone may go on */
  dialogs(extension: string, flow: Flow): string[];
}

interface Change {
  contact: string;
  seconds: number;
}

/** Does what an authenticated REGISTER asks for: RFC 3261 §10.3 from step 5 on. All of it or nothing. */
export function register(
  options: Options,
  transaction: ServerTransaction,
  { extension, user }: Account,
): void {
  const { request } = transaction;
  const refuse = (status: number, edit: (response: SipResponse) => void = () => {}) => {
    const response = createResponse(request, status, options.randomId());
    edit(response);
    transaction.respond(response);
  };
  // Step 4: an extension registers itself only.
  if (addressOfRecord(request) !== extension) {
    refuse(403);
    return;
  }
  const contacts = headerValues(request, 'contact');
  if (contacts.includes('*')) {
    // Step 6: "*" alone, and with Expires: 0.
    if (contacts.length !== 1 || header(request, 'expires') !== '0') refuse(400);
    else {
      options.bindings.removeAll(extension);
      accept(options, transaction, extension);
    }
    return;
  }
  const changes = contacts.map(contact => readChange(parseNameAddress(contact), request, options.settings));
  if (changes.some(({ seconds }) => seconds > 0 && seconds < options.settings.minimum)) {
    refuse(423, response => setHeader(response, 'min-expires', `${options.settings.minimum}`));
    return;
  }
  if (
    changes.some(({ contact }) => !isCallable(contact, transaction.flow)) ||
    tooMany(options, extension, changes)
  ) {
    refuse(400);
    return;
  }
  // Step 7: a request that is older than the binding it would change.
  if (changes.some(({ contact }) => isOld(options.bindings, extension, contact, request))) {
    refuse(500);
    return;
  }
  for (const change of changes) apply(options, transaction, { extension, user }, change);
  accept(options, transaction, extension);
}

function addressOfRecord(request: SipRequest): string {
  return userOf(parseUri(toOf(request).uri));
}

function readChange(contact: NameAddress, request: SipRequest, settings: RegistrarSettings): Change {
  const own = contact.parameters.get('expires') ?? '';
  const text = isDigits(own) ? own : (header(request, 'expires') ?? '');
  const seconds = isDigits(text) ? Math.min(Number(text), settings.maximum) : settings.usual;
  return { contact: contact.uri, seconds };
}

/**
 * RFC 4475 §3.3.13: headers in a Contact would be copied into our requests; nothing that phones need. Who wants to be called by
 * SIPS has to come over TLS (RFC 3261 §10.2.1).
 */
function isCallable(contact: string, { protocol }: Flow): boolean {
  const scheme = protocol === 'TLS' ? /^sips?:/i : /^sip:/i;
  return scheme.test(contact) && parseUri(contact).headers === undefined;
}

function tooMany(options: Options, extension: string, changes: Change[]): boolean {
  const after = new Set(options.bindings.of(extension).map(binding => binding.contact));
  for (const { contact, seconds } of changes) {
    if (seconds > 0) after.add(contact);
    else after.delete(contact);
  }
  return after.size > maximumBindings;
}

function isOld(bindings: BindingStore, extension: string, contact: string, request: SipRequest): boolean {
  const known = bindings.find(extension, contact);
  return known !== undefined && known.callId === callIdOf(request) && sequenceOf(request) <= known.sequence;
}

function apply(
  options: Options,
  transaction: ServerTransaction,
  { extension, user }: Account,
  change: Change,
): void {
  if (change.seconds === 0) {
    options.bindings.remove(extension, change.contact);
    return;
  }
  options.bindings.put(extension, {
    contact: change.contact,
    flow: transaction.flow,
    user,
    callId: callIdOf(transaction.request),
    sequence: sequenceOf(transaction.request),
    expiresAt: options.clock.now() + change.seconds * 1000,
  });
}

/** Step 8: the answer lists what is bound now. */
function accept(options: Options, transaction: ServerTransaction, extension: string): void {
  const now = options.clock.now();
  const response = createResponse(transaction.request, 200, options.randomId());
  const contacts = options.bindings
    .of(extension)
    .map(({ contact, expiresAt }) => `<${contact}>;expires=${Math.ceil((expiresAt - now) / 1000)}`);
  if (contacts.length > 0) setHeader(response, 'contact', ...contacts);
  setHeader(response, 'date', new Date(now).toUTCString());
  const dialogs = options.dialogs(extension, transaction.flow);
  if (dialogs.length > 0) setHeader(response, 'x-cordboard-dialogs', ...dialogs);
  transaction.respond(response);
}
