import { type AgentClient, type AgentClientOptions, createAgentClient as create } from './agent-client.ts';
import { type LocalAccessOptions, localAccess } from './node/local-access.ts';

export type { AgentClient, AgentClientMethods, LastRefusal } from './agent-client.ts';
export { implementedClientMethods } from './answered-here.ts';
export type { ApplicationAccess } from './application-access.ts';
export type {
  ClientEvent,
  ClientEventName,
  ClientEvents,
  ConnectionState,
  Handler,
  OperationFailure,
  ProtocolFault,
} from './client-events.ts';
export { ArgumentError, ClientClosedError, EventOverflowError } from './errors.ts';
export { type LocalAccessOptions, localAccess } from './node/local-access.ts';
export { readRuntimeFile } from './node/runtime-file.ts';
export { type RuntimePlaces, runtimePlaces } from './node/runtime-folder.ts';

export interface NodeAgentClientOptions extends Partial<AgentClientOptions> {
  local?: LocalAccessOptions;
}

/** An AgentClient on this machine: it finds the Agent application by its runtime file and talks to it over the local socket. */
export const createAgentClient = (options: NodeAgentClientOptions = {}): AgentClient =>
  create({ ...options, access: options.access ?? localAccess(options.local) });
