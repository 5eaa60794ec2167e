import { SessionState } from '../enums.ts';
import { EnumNumber, Int, Moment, type Static, Text, Type } from '../schema.ts';
import { ICallInformation } from './call.ts';

const times = { StartTime: Moment, ConnectedTime: Moment, EndTime: Moment };
const state = { State: EnumNumber(SessionState), StateDescription: Text };

/** Seed, IEMAIL. State is 101 or 102, and 0 on the last event. */
export const IEmail = Type.Object({
  BodyText: Text,
  GroupName: Text,
  ID: Int,
  SenderEmailAddress: Text,
  Subject: Text,
  ...times,
  ...state,
});
export type IEmail = Static<typeof IEmail>;

/** Seed, ISMS. State is 101 or 102, and 0 on the last event. */
export const ISMS = Type.Object({
  GroupName: Text,
  ID: Int,
  Message: Text,
  SenderNumber: Text,
  ...times,
  ...state,
});
export type ISMS = Static<typeof ISMS>;

/** Seed, IOPENMEDIA. */
export const IOpenMedia = Type.Object({ ID: Int, CallInfo: ICallInformation, ...times, ...state });
export type IOpenMedia = Static<typeof IOpenMedia>;

/** Seed, ICHAT. CustomerID is text here, unlike in campaigns. */
export const IChat = Type.Object({
  ID: Int,
  GroupName: Text,
  CustomerName: Text,
  CustomerID: Text,
  CustomerEmailAddress: Text,
  CustomerPhoneNumber: Text,
  PrivateData: Text,
  ...times,
  ...state,
});
export type IChat = Static<typeof IChat>;
