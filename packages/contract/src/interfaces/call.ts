import { CallRecordingState, CallType, SessionState } from '../enums.ts';
import { Bool, EnumNumber, Int, Moment, type Static, Text, TextList, Type } from '../schema.ts';

/** Seed, ICALLINFORMATION: of a service group session. Empty ("" / 0 / []), never null, where it does not apply. */
export const ICallInformation = Type.Object({
  CallingNumber: Text,
  GroupName: Text,
  /** seconds the call waited for an agent */
  QueueDuration: Int,
  IVRData: TextList,
  IVRLabels: TextList,
  /** joined by commas without escaping: the arrays are the ones to read */
  IVRDataString: Text,
  IVRLabelString: Text,
});
export type ICallInformation = Static<typeof ICallInformation>;

/** Seed, ICAMPAIGNCUSTOMERFIELD (its Label is a name, whatever the seed prints). */
export const ICampaignCustomerField = Type.Object({ Label: Text, Data: Text });
export type ICampaignCustomerField = Static<typeof ICampaignCustomerField>;

/** Seed, ICAMPAIGNCALLINFORMATION. Empty, never null, when the call is not a campaign call. */
export const ICampaignCallInformation = Type.Object({
  DialedNumber: Text,
  CampaignID: Int,
  CampaignName: Text,
  CustomerID: Int,
  CustomerName: Text,
  Comment: Text,
  CallStatus: Int,
  Fields: Type.Array(ICampaignCustomerField),
});
export type ICampaignCallInformation = Static<typeof ICampaignCallInformation>;

/** Seed, ICALL: one voice call as this agent has it. */
export const ICall = Type.Object({
  CallerName: Text,
  CallInfo: ICallInformation,
  IsCampaignCall: Bool,
  CampaignCallInfo: ICampaignCallInformation,
  CanAnswer: Bool,
  CanDeflect: Bool,
  CanHangup: Bool,
  CanHold: Bool,
  CanRetrieve: Bool,
  CanReject: Bool,
  /** of the customer's call, at the agent who is consulted or to whom it was transferred */
  ConsultingCallInfo: ICallInformation,
  ID: Int,
  Incoming: Bool,
  PhoneNumber: Text,
  RecordingState: EnumNumber(CallRecordingState),
  StartTime: Moment,
  /** the first time only */
  ConnectedTime: Moment,
  /** when speech ended, not when clerical did */
  EndTime: Moment,
  State: EnumNumber(SessionState),
  StateDescription: Text,
  PrivateData: Text,
  CalledNumber: Text,
  Type: EnumNumber(CallType),
  IVRData: TextList,
  IVRLabels: TextList,
});
export type ICall = Static<typeof ICall>;

/** Seed, ICQCODE: a call qualification (wrap-up) code. */
export const ICQCode = Type.Object({ ID: Int, Code: Text, Name: Text });
export type ICQCode = Static<typeof ICQCode>;
