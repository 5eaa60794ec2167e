import type { Answer, LaunchParameters, RuntimeFile, Transport } from '@cordboard/contract';

/** How a client reaches the Agent application on its machine: over the local socket, or as a test says. */
export interface ApplicationAccess {
  /** The running application, or null. What one left behind that died is null. */
  find(): Promise<RuntimeFile | null>;
  /** @throws Error when nobody listens there */
  connect(application: RuntimeFile): Promise<Transport>;
  /** Calls back whenever `find` may say something else. Returns what ends the watch. */
  watch(changed: () => void): () => void;
  /** Starts the application. Accepted = started, not: logged on. */
  launch(parameters: LaunchParameters): Promise<Answer>;
}
