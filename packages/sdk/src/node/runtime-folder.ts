import { createHash } from 'node:crypto';
import os from 'node:os';
import path from 'node:path';

/** A Unix socket's path holds 107 bytes on Linux, 103 on macOS (sockaddr_un). */
const longestSocketPath = 103;

/** Where the Agent application says that it runs, and listens. */
export interface RuntimePlaces {
  folder: string;
  /** `RuntimeFile` */
  file: string;
  /** Unix socket path or Windows pipe name */
  endpoint: string;
}

/** No type of Node: who installs the package need not have them. */
interface Environment {
  CORDBOARD_RUNTIME_FOLDER?: string | undefined;
  LOCALAPPDATA?: string | undefined;
  XDG_RUNTIME_DIR?: string | undefined;
}

const folderOf = (environment: Environment, platform: string): string => {
  if (environment.CORDBOARD_RUNTIME_FOLDER) return environment.CORDBOARD_RUNTIME_FOLDER;
  if (platform === 'win32' && environment.LOCALAPPDATA)
    return path.join(environment.LOCALAPPDATA, 'Cordboard', 'run');
  if (environment.XDG_RUNTIME_DIR) return path.join(environment.XDG_RUNTIME_DIR, 'cordboard');
  return path.join(os.homedir(), '.cordboard', 'run');
};

const hash = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 16);

/**
 * One application runs for each user and runtime folder: `CORDBOARD_RUNTIME_FOLDER`, else `XDG_RUNTIME_DIR`/cordboard,
 * else ~/.cordboard/run.
 */
export const runtimePlaces = (
  environment: Environment = process.env,
  platform: string = process.platform,
): RuntimePlaces => {
  const folder = path.resolve(folderOf(environment, platform));
  const socket = path.join(folder, 'agent.sock');
  if (platform === 'win32')
    return {
      folder,
      file: path.join(folder, 'agent.json'),
      endpoint: `\\\\.\\pipe\\cordboard-agent-${hash(folder)}`,
    };
  if (Buffer.byteLength(socket) > longestSocketPath)
    throw new RangeError(`The runtime folder's path is too long for a socket: ${folder}`);
  return { folder, file: path.join(folder, 'agent.json'), endpoint: socket };
};
