import { Bool, Int, Moment, type Static, Text, TextList, Type } from '../schema.ts';
import { ICampaignCustomerField } from './call.ts';

/** Work that waits, as an agent who picks sees it (seed, "Dispatch"). */
const reservation = { ReservedAgentID: Int, ReservedAgentName: Text };
const ivr = { IVRData: TextList, IVRLabels: TextList, IVRDataString: Text, IVRLabelString: Text };

/** Seed, IDISPATCHPERSONALCALL: waits for one agent until it becomes general. */
export const IDispatchPersonalCall = Type.Object({
  ID: Int,
  Number: Text,
  PreferredAgentID: Int,
  PreferredAgentName: Text,
  ServiceGroupID: Int,
  QueueStartTime: Moment,
  GeneralCall: Bool,
  /** the same as IVRDataString */
  IVR: Text,
  ...ivr,
});
export type IDispatchPersonalCall = Static<typeof IDispatchPersonalCall>;

/** Seed, IDISPATCHCOMMONHOLDCALL: parked for anybody. */
export const IDispatchCommonHoldCall = Type.Object({
  ID: Int,
  Number: Text,
  ...reservation,
  QueueStartTime: Moment,
  ...ivr,
});
export type IDispatchCommonHoldCall = Static<typeof IDispatchCommonHoldCall>;

/** Seed, IDISPATCHVOICECALL: waits in a voice service group. */
export const IDispatchVoiceCall = Type.Object({
  ID: Int,
  ...reservation,
  ServiceGroupID: Int,
  QueueStartTime: Moment,
  Number: Text,
  CalledNumber: Text,
  IVR: Text,
  ...ivr,
});
export type IDispatchVoiceCall = Static<typeof IDispatchVoiceCall>;

/** Seed, IDISPATCHEMAIL. */
export const IDispatchEmail = Type.Object({
  ID: Int,
  ...reservation,
  ServiceGroupID: Int,
  QueueStartTime: Moment,
  EmailAddress: Text,
});
export type IDispatchEmail = Static<typeof IDispatchEmail>;

/** Seed, IDISPATCHSMS. */
export const IDispatchSMS = Type.Object({
  ID: Int,
  ...reservation,
  ServiceGroupID: Int,
  QueueStartTime: Moment,
  SMSAddress: Text,
});
export type IDispatchSMS = Static<typeof IDispatchSMS>;

/** Seed, IDISPATCHCAMPAIGNCALL: a customer who is due to be called. ID is the customer's. */
export const IDispatchCampaignCall = Type.Object({
  ID: Int,
  Name: Text,
  Number: Text,
  CampaignID: Int,
  ServiceGroupID: Int,
  ...reservation,
  PreferredAgentID: Int,
  PreferredAgentName: Text,
  Fields: Type.Array(ICampaignCustomerField),
});
export type IDispatchCampaignCall = Static<typeof IDispatchCampaignCall>;
