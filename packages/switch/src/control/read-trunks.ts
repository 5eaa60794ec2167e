import type { OutsideRules, SwitchTrunk } from './protocol.ts';

/** Bounds of what a controller may name. */
const bounds = { trunks: 100, text: 300, pem: 64_000, list: 200, seconds: 86_400 };

type Fields = Partial<
  Record<keyof SwitchTrunk | keyof OutsideRules | 'pattern' | 'replacement' | 'authorities', unknown>
>;

/** The trunks of a provision and what is the same for all; undefined for anything else. */
export function readTrunks(
  trunks: unknown,
  outside: unknown,
): { trunks: SwitchTrunk[]; outside?: OutsideRules } | undefined {
  if (!Array.isArray(trunks) || trunks.length > bounds.trunks || !trunks.every(isTrunk)) return undefined;
  if (outside === undefined) return { trunks };
  return isRules(outside) ? { trunks, outside } : undefined;
}

function isTrunk(value: unknown): value is SwitchTrunk {
  if (!isFields(value)) return false;
  const texts = [value.name, value.uri, value.user, value.password, value.mainNumber, value.mainName];
  const flags = [value.anySourcePort, value.showCallers, value.anonymous];
  return (
    texts.every(isText) &&
    (value.proxy === undefined || isText(value.proxy)) &&
    (value.tls === undefined || isTls(value.tls)) &&
    isListOf(value.addresses, isText) &&
    isListOf(value.numbers, isRule) &&
    flags.every(flag => typeof flag === 'boolean') &&
    [value.registerSeconds, value.keepAliveSeconds].every(isSeconds) &&
    (value.calledNumber === 'requestUri' || value.calledNumber === 'to')
  );
}

function isTls(value: unknown): boolean {
  if (!isFields(value)) return false;
  const { name, authorities } = value;
  const pem =
    authorities === undefined || (typeof authorities === 'string' && authorities.length <= bounds.pem);
  return pem && (name === undefined || isText(name));
}

function isRules(value: unknown): value is OutsideRules {
  return isFields(value) && isText(value.anonymousPrefix) && isListOf(value.emergencyNumbers, isText);
}

function isRule(value: unknown): boolean {
  return isFields(value) && isText(value.pattern) && isText(value.replacement);
}

function isListOf(value: unknown, isOne: (entry: unknown) => boolean): boolean {
  return Array.isArray(value) && value.length <= bounds.list && value.every(isOne);
}

function isSeconds(value: unknown): boolean {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 && value <= bounds.seconds;
}

/** Text that may go into a SIP header: no control characters. */
function isText(value: unknown): boolean {
  if (typeof value !== 'string' || value.length > bounds.text) return false;
  for (let i = 0; i < value.length; i++)
    if (value.charCodeAt(i) < 32 || value.charCodeAt(i) === 127) return false;
  return true;
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
