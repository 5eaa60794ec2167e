import type { Clock, Timer } from '../clock.ts';
import type { Flow } from '../transport/flow.ts';

/** Where a phone of an extension can be reached (RFC 3261 §10.2). */
export interface Binding {
  /** Request-URI of calls to it */
  contact: string;
  /** the way its REGISTER came; calls go back on it */
  flow: Flow;
  callId: string;
  /** name in the digest that it was made with; absent: the extension's own */
  user?: string;
  sequence: number;
  /** milliseconds since the epoch */
  expiresAt: number;
}

export interface BindingEvents {
  /** the extension got its first binding */
  registered(extension: string, address: string): void;
  /** the extension lost its last binding */
  unregistered(extension: string): void;
  /** any binding was made, refreshed or lost */
  changed(): void;
}

/** The bindings of all extensions; every operation costs the same however many there are. */
export interface BindingStore {
  put(extension: string, binding: Binding): void;
  find(extension: string, contact: string): Binding | undefined;
  remove(extension: string, contact: string): void;
  removeAll(extension: string): void;
  /** what was made with these credentials */
  removeOf(extension: string, user: string): void;
  /** a connection closed: what was bound to it is gone (RFC 5626 §4.2.1); a browser may come back within `reloadGrace` */
  flowClosed(flow: Flow): void;
  /** those that can be reached, newest first */
  of(extension: string): Binding[];
  /** the open connection of the binding with this user and host, whatever parameters it has */
  flowOf(target: string): Flow | undefined;
  all(): { extension: string; address: string }[];
  entries(): { extension: string; binding: Binding }[];
  readonly size: number;
  close(): void;
}

/** A page that is loaded again has a new connection and a new contact, and should not look as if its phone had been away; ms. */
export const reloadGrace = 8_000;

interface Entry {
  binding: Binding;
  timer: Timer;
}

export function createBindingStore(clock: Clock, events: BindingEvents): BindingStore {
  const byExtension = new Map<string, Map<string, Entry>>();
  const byFlow = new Map<Flow, Set<string>>();

  function remove(extension: string, contact: string): void {
    const entries = byExtension.get(extension);
    const entry = entries?.get(contact);
    if (entries === undefined || entry === undefined) return;
    entry.timer.cancel();
    entries.delete(contact);
    events.changed();
    if (entries.size > 0) return;
    byExtension.delete(extension);
    events.unregistered(extension);
  }

  function watch(extension: string, flow: Flow): void {
    if (!flow.reliable) return;
    const known = byFlow.get(flow) ?? new Set();
    byFlow.set(flow, known.add(extension));
  }

  function removeBoundTo(flow: Flow, extensions: Iterable<string>): void {
    for (const extension of extensions) {
      for (const { binding } of [...(byExtension.get(extension)?.values() ?? [])]) {
        if (binding.flow === flow) remove(extension, binding.contact);
      }
    }
  }

  return {
    put(extension, binding) {
      let entries = byExtension.get(extension);
      const first = entries === undefined;
      if (entries === undefined) {
        entries = new Map();
        byExtension.set(extension, entries);
      }
      entries.get(binding.contact)?.timer.cancel();
      // Deleted first, so that the newest binding is the last of the map.
      entries.delete(binding.contact);
      const timer = clock.after(binding.expiresAt - clock.now(), () => remove(extension, binding.contact));
      entries.set(binding.contact, { binding, timer });
      watch(extension, binding.flow);
      for (const { binding: other } of [...entries.values()]) {
        if (!other.flow.open) remove(extension, other.contact);
      }
      events.changed();
      if (first) events.registered(extension, binding.flow.remoteAddress);
    },
    find: (extension, contact) => byExtension.get(extension)?.get(contact)?.binding,
    remove,
    removeAll(extension) {
      for (const contact of [...(byExtension.get(extension)?.keys() ?? [])]) remove(extension, contact);
    },
    removeOf(extension, user) {
      for (const { binding } of [...(byExtension.get(extension)?.values() ?? [])])
        if ((binding.user ?? extension) === user) remove(extension, binding.contact);
    },
    flowClosed(flow) {
      const extensions = byFlow.get(flow);
      byFlow.delete(flow);
      if (extensions === undefined) return;
      if (flow.protocol === 'WS') clock.after(reloadGrace, () => removeBoundTo(flow, extensions));
      else removeBoundTo(flow, extensions);
    },
    of(extension) {
      const bindings = [...(byExtension.get(extension)?.values() ?? [])].map(entry => entry.binding);
      return bindings.filter(({ flow }) => flow.open).reverse();
    },
    flowOf(target) {
      const wanted = userAndHost(target);
      for (const entries of byExtension.values()) {
        for (const { binding } of entries.values()) {
          if (binding.flow.open && userAndHost(binding.contact) === wanted) return binding.flow;
        }
      }
      return undefined;
    },
    all() {
      return [...byExtension].map(([extension, entries]) => {
        const newest = [...entries.values()].at(-1);
        return { extension, address: newest?.binding.flow.remoteAddress ?? '' };
      });
    },
    entries() {
      return [...byExtension].flatMap(([extension, entries]) =>
        [...entries.values()].map(({ binding }) => ({ extension, binding })),
      );
    },
    get size() {
      return byExtension.size;
    },
    close() {
      for (const entries of byExtension.values()) for (const entry of entries.values()) entry.timer.cancel();
      byExtension.clear();
      byFlow.clear();
    },
  };
}

function userAndHost(uri: string): string {
  return /^[^;?]*/.exec(uri)?.[0] ?? '';
}
