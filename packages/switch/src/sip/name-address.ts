import {
  closingQuote,
  formatParameters,
  GrammarError,
  isToken,
  type Parameters,
  parseParameters,
  quote,
  unquote,
} from './grammar.ts';

/** The value of From, To, Contact, Route and their like (RFC 3261 §20.10). */
export interface NameAddress {
  displayName: string;
  uri: string;
  parameters: Parameters;
}

/** @throws GrammarError */
export function parseNameAddress(value: string): NameAddress {
  let text = value.trim();
  let displayName = '';
  if (text[0] === '"') {
    const close = closingQuote(text, 0);
    displayName = unquote(text, 0, close);
    text = text.slice(close + 1).trim();
    if (text[0] !== '<') throw new GrammarError('a display name is followed by <URI>');
  }
  const open = text.indexOf('<');
  if (open < 0) return bareAddress(text);
  const close = text.indexOf('>', open);
  if (close < 0) throw new GrammarError('unclosed <URI>');
  if (open > 0) {
    displayName = text.slice(0, open).trim();
    // RFC 4475 §3.1.2.15: a display name that is no list of tokens must be quoted.
    if (!displayName.split(/[ \t]+/).every(isToken)) throw new GrammarError('display name must be quoted');
  }
  const uri = text.slice(open + 1, close).trim();
  return { displayName, uri, parameters: parseParameters(text.slice(close + 1).trim()) };
}

/** Without brackets the parameters belong to the header, and the URI may hold neither comma nor "?" (§20.10). */
function bareAddress(text: string): NameAddress {
  const semicolon = text.indexOf(';');
  const uri = (semicolon < 0 ? text : text.slice(0, semicolon)).trim();
  if (/[?,\s"]/.test(uri) || uri === '') throw new GrammarError('URI must be in <>');
  return {
    displayName: '',
    uri,
    parameters: semicolon < 0 ? new Map() : parseParameters(text.slice(semicolon)),
  };
}

export function formatNameAddress(address: NameAddress): string {
  const name = address.displayName === '' ? '' : `${quote(address.displayName)} `;
  return `${name}<${address.uri}>${formatParameters(address.parameters)}`;
}
