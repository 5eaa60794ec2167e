import type { IDispatchCommonHoldCall, IDispatchPersonalCall, IDispatchVoiceCall } from '@cordboard/contract';

/** An item as its event shows it, without the kind of update. */
export type ShownItem =
  | { event: 'OnDispatchPersonalCallEvent'; value: IDispatchPersonalCall }
  | { event: 'OnDispatchCommonHoldCallEvent'; value: IDispatchCommonHoldCall }
  | { event: 'OnDispatchVoiceCallEvent'; value: IDispatchVoiceCall };
