/** A SIP dialog (RFC 3261 §12) that another page of the same logon can go on with. */
export interface KeptCall {
  callId: string;
  localTag: string;
  remoteTag: string;
}

export interface KeptCalls {
  /** those of this logon */
  all(): KeptCall[];
  add(call: KeptCall): void;
  remove(callId: string): void;
}

const key = 'cordboard.calls';
/** More than an agent has. */
const maximum = 16;

const isCall = (value: unknown): value is KeptCall => {
  if (typeof value !== 'object' || value === null) return false;
  const { callId, localTag, remoteTag } = value as Partial<Record<keyof KeptCall, unknown>>;
  return [callId, localTag, remoteTag].every(
    each => typeof each === 'string' && /^[\x21-\x7e]{1,200}$/.test(each),
  );
};

/** As the switch names it to a page that registers: what to say in Replaces (RFC 3891 §6.1). Null where it names none. */
export const callOfDialog = (dialog: string): KeptCall | null => {
  const [, callId, remoteTag, localTag] = /^([^;]+);to-tag=([^;]+);from-tag=([^;]+)$/.exec(dialog) ?? [];
  const call = { callId, localTag, remoteTag };
  return isCall(call) ? call : null;
};

/** What a page that is loaded again, or another window, needs to know of the calls. `user` names the logon. */
export const keepCalls = (storage: Pick<Storage, 'getItem' | 'setItem'>, user: string): KeptCalls => {
  const all = (): KeptCall[] => {
    try {
      const kept: unknown = JSON.parse(storage.getItem(key) ?? '');
      if (typeof kept !== 'object' || kept === null) return [];
      const { user: of, calls } = kept as { user?: unknown; calls?: unknown };
      return of === user && Array.isArray(calls) ? calls.filter(isCall).slice(0, maximum) : [];
    } catch {
      // nothing was kept
      return [];
    }
  };
  const keep = (calls: readonly KeptCall[]) =>
    storage.setItem(key, JSON.stringify({ user, calls: calls.slice(-maximum) }));
  const without = (callId: string) => all().filter(each => each.callId !== callId);
  return {
    all,
    add: call => keep([...without(call.callId), call]),
    remove: callId => keep(without(callId)),
  };
};
