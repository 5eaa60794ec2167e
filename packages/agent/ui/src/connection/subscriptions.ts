import type { AgentSnapshot } from '@cordboard/contract';
import type { AgentClient } from '@cordboard/sdk';

/** Asks to be told of what waits and of the queues, as far as the agent's privileges go; what is refused is not shown. */
export const subscribeAll = async (
  client: AgentClient,
  snapshot: AgentSnapshot,
  privileges: readonly string[],
): Promise<void> => {
  const may = (privilege: string) => privileges.includes(privilege);
  if (may('dispatchPersonal')) await client.subscribeDispatchPersonalCalls(0, true);
  if (may('dispatchCommonHold')) await client.subscribeDispatchCommonHoldCalls(true);
  if (may('dispatchVoice')) await client.subscribeDispatchVoiceCalls(0, true);
  if (may('dispatchPersonal') || may('dispatchCommonHold') || may('dispatchVoice'))
    await client.enableDispatchEvents(true);
  if (!may('realTimeInformation')) return;
  for (const group of snapshot.serviceGroups) await client.subscribeRealTimeInformation(group.id, '', true);
};
