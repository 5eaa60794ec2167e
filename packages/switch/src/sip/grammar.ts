/** The pieces of RFC 3261 §25 that every header shares: tokens, quoted strings, comma lists, parameters. */

/** Text that does not follow the grammar. Caught where a message is parsed; never leaves the stack. */
export class GrammarError extends Error {
  override readonly name = 'GrammarError';
}

/** Parameter names are lower case; `null` is a parameter without a value. */
export type Parameters = Map<string, string | null>;

const tokenCharacters = new Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-.!%*_+`'~");

export function isToken(text: string): boolean {
  if (text === '') return false;
  for (const character of text) if (!tokenCharacters.has(character)) return false;
  return true;
}

export function isDigits(text: string): boolean {
  if (text === '') return false;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < 48 || code > 57) return false;
  }
  return true;
}

/** Index of the quote that closes the string opened at `open`; an unclosed string is an error. */
export function closingQuote(text: string, open: number): number {
  for (let i = open + 1; i < text.length; i++) {
    if (text[i] === '\\') i++;
    else if (text[i] === '"') return i;
  }
  throw new GrammarError('unbalanced quote');
}

/** The contents of a quoted string whose quotes are at `open` and `close`, without its escapes. */
export function unquote(text: string, open: number, close: number): string {
  const inner = text.slice(open + 1, close);
  return inner.includes('\\') ? inner.replace(/\\(.)/gs, '$1') : inner;
}

export function quote(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&').replace(/[\r\n\0]/g, ' ')}"`;
}

/** Splits at commas that are outside quotes and angle brackets (RFC 3261 §7.3.1); empty elements are left out. */
export function splitList(text: string): string[] {
  if (!text.includes(',')) return text === '' ? [] : [text];
  const elements: string[] = [];
  let bracketed = false;
  let start = 0;
  for (let i = 0; i < text.length; i++) {
    const character = text[i];
    if (character === '"' && !bracketed) i = closingQuote(text, i);
    else if (character === '<') bracketed = true;
    else if (character === '>') bracketed = false;
    else if (character === ',' && !bracketed) {
      elements.push(text.slice(start, i).trim());
      start = i + 1;
    }
  }
  elements.push(text.slice(start).trim());
  return elements.filter(element => element !== '');
}

/** `;name=value;name` with quoted values kept in their quotes. `text` begins at the first semicolon or is empty. */
export function parseParameters(text: string): Parameters {
  const parameters: Parameters = new Map();
  let i = 0;
  while (i < text.length) {
    if (text[i] !== ';') throw new GrammarError('parameters must be separated by semicolons');
    const end = parameterEnd(text, i + 1);
    addParameter(parameters, text.slice(i + 1, end));
    i = end;
  }
  return parameters;
}

function parameterEnd(text: string, from: number): number {
  for (let i = from; i < text.length; i++) {
    if (text[i] === ';') return i;
    if (text[i] === '"') i = closingQuote(text, i);
  }
  return text.length;
}

function addParameter(parameters: Parameters, text: string): void {
  const equals = text.indexOf('=');
  const name = (equals < 0 ? text : text.slice(0, equals)).trim().toLowerCase();
  if (name !== '') parameters.set(name, equals < 0 ? null : text.slice(equals + 1).trim());
}

export function formatParameters(parameters: Parameters): string {
  let text = '';
  for (const [name, value] of parameters) text += value === null ? `;${name}` : `;${name}=${value}`;
  return text;
}
