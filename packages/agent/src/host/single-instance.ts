import { chmodSync, mkdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import type { RuntimeFile } from '@cordboard/contract';
import type { RuntimePlaces } from '@cordboard/sdk';

/** Another Agent application of this user listens already. */
export class AlreadyRunningError extends Error {
  override readonly name = 'AlreadyRunningError';

  constructor() {
    super('The Agent application is already running.');
  }
}

const isPipe = (endpoint: string): boolean => endpoint.startsWith('\\\\.\\pipe\\');

const listen = (server: net.Server, endpoint: string): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(endpoint, () => {
      server.off('error', reject);
      resolve();
    });
  });

const somebodyAnswers = (endpoint: string): Promise<boolean> =>
  new Promise(resolve => {
    const socket = net.connect(endpoint);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });

/** The owner's own folder: nobody else may enter, whatever the socket's rights are. */
const makeFolder = (folder: string): void => {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (process.platform === 'win32') return;
  const { uid } = statSync(folder);
  if (uid !== process.getuid?.()) throw new Error(`The runtime folder belongs to somebody else: ${folder}`);
  chmodSync(folder, 0o700);
};

/**
 * Listens on the local endpoint. The endpoint itself is the lock of the single instance: whoever listens there is the
 * application; a socket that an application left behind that died answers nobody, and is replaced.
 * @throws AlreadyRunningError
 */
export const listenAlone = async (server: net.Server, places: RuntimePlaces): Promise<void> => {
  makeFolder(places.folder);
  try {
    await listen(server, places.endpoint);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    if (isPipe(places.endpoint) || (await somebodyAnswers(places.endpoint))) throw new AlreadyRunningError();
    rmSync(places.endpoint, { force: true });
    await listen(server, places.endpoint);
  }
  if (!isPipe(places.endpoint)) chmodSync(places.endpoint, 0o600);
};

/** Written whole or not at all: a reader never sees half of it. */
export const writeRuntimeFile = (places: RuntimePlaces, content: RuntimeFile): void => {
  const temporary = `${places.file}.${process.pid}`;
  writeFileSync(temporary, `${JSON.stringify(content)}\n`, { mode: 0o600 });
  renameSync(temporary, places.file);
};

export const removeRuntimeFile = (places: RuntimePlaces): void => rmSync(places.file, { force: true });
