import type { Call } from '../call/call.ts';
import type { SiteState } from '../state.ts';

/** Whoever is to be called back is not forgotten: a rest ends, and so does the time for it. */
export function* callbackFaults(state: SiteState): Generator<string> {
  const timers = new Set(state.timers.save().map(each => `${each.type}:${each.id}`));
  for (const call of state.calls.values()) yield* faultsOf(call, timers);
  for (const { type, id } of state.timers.save()) {
    const isOfCallback = type === 'callbackRetry' || type === 'callbackExpiry';
    if (isOfCallback && !state.calls.has(id)) yield `${type} of a call that is gone`;
  }
}

function* faultsOf({ id, service, ended }: Call, timers: Set<string>): Generator<string> {
  const callback = ended ? null : (service?.waiting.callback ?? null);
  const [retry, expiry] = [timers.has(`callbackRetry:${id}`), timers.has(`callbackExpiry:${id}`)];
  if (callback === null) {
    if (retry || expiry) yield `call ${id} has timers of a call-back that it is not`;
    return;
  }
  if (callback.dialled === true && service?.stage.type !== 'served') yield `call ${id} is not being dialled`;
  if (service?.stage.type !== 'waiting') return;
  if ((callback.retryAt !== undefined) !== retry) yield `retry timer of call ${id}`;
  if ((callback.until !== undefined) !== expiry) yield `expiry timer of call ${id}`;
}
