/** Compact forms (RFC 3261 §7.3.3 and the extensions that the switch reads). */
const compactForms = new Map([
  ['i', 'call-id'],
  ['m', 'contact'],
  ['e', 'content-encoding'],
  ['l', 'content-length'],
  ['c', 'content-type'],
  ['f', 'from'],
  ['s', 'subject'],
  ['k', 'supported'],
  ['t', 'to'],
  ['v', 'via'],
  ['r', 'refer-to'],
  ['b', 'referred-by'],
  ['o', 'event'],
  ['u', 'allow-events'],
  ['x', 'session-expires'],
]);

/** Headers whose commas separate elements; elsewhere a comma is text (as in Date or WWW-Authenticate). */
const lists = new Set([
  'via',
  'contact',
  'route',
  'record-route',
  'allow',
  'supported',
  'require',
  'proxy-require',
  'unsupported',
  'accept',
  'allow-events',
  'p-asserted-identity',
]);

/** Headers that occur at most once (RFC 4475 §3.3.8, §3.3.9). */
export const singleHeaders: readonly string[] = [
  'from',
  'to',
  'call-id',
  'cseq',
  'max-forwards',
  'content-length',
  'content-type',
];

const printedForms = new Map([
  ['call-id', 'Call-ID'],
  ['cseq', 'CSeq'],
  ['www-authenticate', 'WWW-Authenticate'],
  ['min-se', 'Min-SE'],
]);

/** Lower-case full name. */
export function normalHeaderName(name: string): string {
  const lower = name.toLowerCase();
  return lower.length === 1 ? (compactForms.get(lower) ?? lower) : lower;
}

export function isListHeader(name: string): boolean {
  return lists.has(name);
}

export function printedHeaderName(name: string): string {
  let printed = printedForms.get(name);
  if (printed === undefined) {
    printed = name.replace(/(?:^|-)[a-z]/g, letters => letters.toUpperCase());
    if (printedForms.size < 200) printedForms.set(name, printed);
  }
  return printed;
}
