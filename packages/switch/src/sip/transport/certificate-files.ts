import { X509Certificate } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { createSecureContext } from 'node:tls';

/** Paths of PEM files: the certificate, with those between it and its authority, and its key. */
export interface CertificateFiles {
  certificate: string;
  key: string;
}

/** What became of files that have changed; nothing of the key is ever told. */
export type CertificateNotice =
  | { type: 'renewed'; validTo: string }
  /** the earlier certificate stays in use */
  | { type: 'unusable'; reason: string };

export interface ServerContext {
  cert: Buffer;
  key: Buffer;
}

export interface WatchedCertificate {
  readonly context: ServerContext;
  close(): void;
}

interface Watcher {
  changed(context: ServerContext): void;
  noticed(notice: CertificateNotice): void;
}

/** The certificate now, and each time that its files have changed: renewals need no restart, which would end calls. */
export async function watchCertificate(
  files: CertificateFiles,
  interval: number,
  watcher: Watcher,
): Promise<WatchedCertificate> {
  let seen = await stateOf(files);
  const context = await read(files);
  let looking = false;

  async function look(): Promise<void> {
    const now = await stateOf(files);
    if (now === seen) return;
    seen = now;
    try {
      const next = await read(files);
      watcher.changed(next);
      watcher.noticed({ type: 'renewed', validTo: new X509Certificate(next.cert).validTo });
    } catch (error) {
      watcher.noticed({ type: 'unusable', reason: error instanceof Error ? error.message : String(error) });
    }
  }

  const timer = setInterval(() => {
    if (looking) return;
    looking = true;
    void look().finally(() => {
      looking = false;
    });
  }, interval);
  timer.unref();
  return { context, close: () => clearInterval(timer) };
}

/** @throws where a file cannot be read, is no PEM, or the key is not that of the certificate */
async function read({ certificate, key }: CertificateFiles): Promise<ServerContext> {
  const context = { cert: await readFile(certificate), key: await readFile(key) };
  createSecureContext(context);
  return context;
}

async function stateOf({ certificate, key }: CertificateFiles): Promise<string> {
  const states = await Promise.all(
    [certificate, key].map(path =>
      stat(path).then(
        ({ mtimeMs, size, ino }) => `${mtimeMs} ${size} ${ino}`,
        () => 'missing',
      ),
    ),
  );
  return states.join('|');
}
