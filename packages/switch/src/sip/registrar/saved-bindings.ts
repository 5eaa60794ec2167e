import { readFile, rename, writeFile } from 'node:fs/promises';
import { isIP } from 'node:net';
import type { Clock, Timer } from '../clock.ts';
import { ipTarget } from '../target.ts';
import type { Transport } from '../transport/flow.ts';
import type { Binding, BindingStore } from './bindings.ts';

/** A binding as it is kept over a restart. Connections do not outlive us, so only UDP ones are. */
export interface SavedBinding {
  extension: string;
  contact: string;
  address: string;
  port: number;
  callId: string;
  sequence: number;
  expiresAt: number;
}

/** Registrations are soft: a lost write costs a phone one interval of being unreachable, so writing may wait. */
const writePause = 2_000;
const maximumSaved = 100_000;

export function savedBinding(extension: string, binding: Binding): SavedBinding | undefined {
  if (binding.flow.protocol !== 'UDP') return undefined;
  const { contact, callId, sequence, expiresAt, flow } = binding;
  return {
    extension,
    contact,
    address: flow.remoteAddress,
    port: flow.remotePort,
    callId,
    sequence,
    expiresAt,
  };
}

/** Puts back what is not over and whose extension may still register. */
export function restoreBindings(
  saved: readonly SavedBinding[],
  bindings: BindingStore,
  transport: Transport,
  now: number,
  mayRegister: (extension: string) => boolean,
): void {
  for (const { extension, contact, address, port, callId, sequence, expiresAt } of saved) {
    if (expiresAt <= now || !mayRegister(extension) || bindings.find(extension, contact) !== undefined)
      continue;
    const flow = transport.flowTo('UDP', address, port);
    bindings.put(extension, { contact, flow, callId, sequence, expiresAt });
  }
}

/** What the file holds; nothing where it is missing or cannot be read: the phones will register again. */
export async function readSavedBindings(path: string): Promise<SavedBinding[]> {
  try {
    const value: unknown = JSON.parse(await readFile(path, 'utf8'));
    return Array.isArray(value) ? value.slice(0, maximumSaved).filter(isSavedBinding) : [];
  } catch {
    return [];
  }
}

function isSavedBinding(value: unknown): value is SavedBinding {
  if (typeof value !== 'object' || value === null) return false;
  const { extension, contact, address, port, callId, sequence, expiresAt } = value as Partial<SavedBinding>;
  const texts = typeof extension === 'string' && typeof callId === 'string' && typeof contact === 'string';
  if (!texts || ipTarget(contact) === undefined) return false;
  if (typeof address !== 'string' || isIP(address) === 0) return false;
  const numbers = Number.isInteger(port) && Number.isInteger(sequence) && Number.isFinite(expiresAt);
  return numbers && port !== undefined && port > 0 && port < 65_536;
}

export interface BindingSaver {
  /** something changed: it is written soon */
  touch(): void;
  /** writes what has changed and no more */
  close(): Promise<void>;
}

/** Writes to a new file that then takes the place of the old one, so that half a file is never read. */
export function createBindingSaver(path: string, clock: Clock, take: () => SavedBinding[]): BindingSaver {
  let timer: Timer | undefined;
  let closed = false;

  async function write(): Promise<void> {
    try {
      await writeFile(`${path}.new`, JSON.stringify(take()), { mode: 0o600 });
      await rename(`${path}.new`, path);
    } catch {
      // A disk that is full costs what a lost file costs.
    }
  }

  return {
    touch() {
      if (closed || timer !== undefined) return;
      timer = clock.after(writePause, () => {
        timer = undefined;
        void write();
      });
    },
    async close() {
      closed = true;
      if (timer === undefined) return;
      timer.cancel();
      await write();
    },
  };
}
