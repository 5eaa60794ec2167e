import { formatParameters, GrammarError, isToken, type Parameters, parseParameters } from './grammar.ts';
import { hostText, parseHostPort } from './uri.ts';

export interface Via {
  /** upper case: UDP, TCP, TLS, WS, WSS or an extension */
  transport: string;
  /** sent-by (RFC 3261 §18.1.1) */
  host: string;
  port: number | undefined;
  parameters: Parameters;
}

const protocolPattern = /^SIP[ \t]*\/[ \t]*\d+\.\d+[ \t]*\/[ \t]*(\S+)[ \t]+/i;

/** @throws GrammarError */
export function parseVia(value: string): Via {
  const protocol = protocolPattern.exec(value);
  const transport = protocol?.[1];
  if (protocol === null || transport === undefined || !isToken(transport)) throw new GrammarError('bad Via');
  const rest = value.slice(protocol[0].length);
  const semicolon = rest.indexOf(';');
  const sentBy = semicolon < 0 ? rest : rest.slice(0, semicolon);
  const parameterText = semicolon < 0 ? '' : rest.slice(semicolon).trim();
  const { host, port } = parseHostPort(sentBy.replace(/[ \t]/g, ''));
  return { transport: transport.toUpperCase(), host, port, parameters: parseParameters(parameterText) };
}

export function formatVia(via: Via): string {
  const port = via.port === undefined ? '' : `:${via.port}`;
  return `SIP/2.0/${via.transport} ${hostText(via.host)}${port}${formatParameters(via.parameters)}`;
}

export function branchOf(via: Via): string {
  return via.parameters.get('branch') ?? '';
}
