import type { Refusal, RefusalReason } from '../refusals.ts';

/** The answer to a request: yes with a value, or no with the reason. */
export type Answer<Value = unknown> = { ok: true; value: Value } | { ok: false; refusal: Refusal };

export const accepted = <Value>(value: Value): Answer<Value> => ({ ok: true, value });

export const refused = (reason: RefusalReason, detail?: string): { ok: false; refusal: Refusal } => ({
  ok: false,
  refusal: detail === undefined ? { reason } : { reason, detail },
});
