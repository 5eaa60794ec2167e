import { type AgentSnapshot, UpdateType } from '@cordboard/contract';

/** What is now, as the events that would tell of it: a page that connects has missed those. */
export const currentEvents = (snapshot: AgentSnapshot): { event: string; values: unknown[] }[] => {
  const { dispatch } = snapshot;
  const each = (event: string, list: readonly unknown[], ...more: unknown[]) =>
    list.map(item => ({ event, values: [item, ...more] }));
  return [
    { event: 'OnUserStatusUpdate', values: [snapshot.user] },
    { event: 'OnRegistrationStatus', values: [snapshot.registered] },
    ...each('OnCallEvent', snapshot.calls),
    ...each('OnEmailEvent', snapshot.emails),
    ...each('OnSMSEvent', snapshot.sms),
    ...each('OnOpenMediaEvent', snapshot.openMedia),
    ...each('OnChatEvent', snapshot.chats),
    ...each('OnDispatchPersonalCallEvent', dispatch.personalCalls, UpdateType.Add),
    ...each('OnDispatchCommonHoldCallEvent', dispatch.commonHoldCalls, UpdateType.Add),
    ...each('OnDispatchVoiceCallEvent', dispatch.voiceCalls, UpdateType.Add),
  ];
};
