import { GrammarError, isToken, parseParameters } from './grammar.ts';

/** The dialog that a Replaces header (RFC 3891 §6.1) names, as the one who is asked sees it. */
export interface Replaces {
  callId: string;
  /** our tag */
  toTag: string;
  /** the peer's tag */
  fromTag: string;
  /** only while it is not answered yet */
  earlyOnly: boolean;
}

/** Longer ones name no dialog of ours. */
const maximumLength = 1_024;

/** Undefined where it cannot be read. */
export function parseReplaces(value: string): Replaces | undefined {
  const semicolon = value.indexOf(';');
  if (semicolon < 0 || value.length > maximumLength) return undefined;
  const callId = value.slice(0, semicolon).trim();
  try {
    const parameters = parseParameters(value.slice(semicolon));
    const toTag = parameters.get('to-tag') ?? '';
    const fromTag = parameters.get('from-tag') ?? '';
    if (callId === '' || /\s/.test(callId) || !isToken(toTag) || !isToken(fromTag)) return undefined;
    return { callId, toTag, fromTag, earlyOnly: parameters.has('early-only') };
  } catch (error) {
    if (error instanceof GrammarError) return undefined;
    throw error;
  }
}
