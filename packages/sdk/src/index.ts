export {
  type AgentClient,
  type AgentClientMethods,
  type AgentClientOptions,
  createAgentClient,
  type LastRefusal,
} from './agent-client.ts';
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
