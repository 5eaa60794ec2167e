import { Bool, Int, type Static, Text, Type } from '../schema.ts';

/** Seed, IUSERINFORMATION. */
export const IUserInformation = Type.Object({
  ExtensionNumber: Text,
  /** 1 = logged on, 0 = logged off */
  LoggedOn: Int,
  LoginID: Text,
  UserName: Text,
  /** Ready for voice */
  ReadyStatus: Bool,
  /** Ready for e-mail and SMS: one flag for both */
  EmailReadyStatus: Bool,
  OpenMediaReadyStatus: Bool,
  OASID: Int,
  OASServerName: Text,
  ChatReadyStatus: Bool,
  RecordID: Int,
  /** 0 when Ready, or when no reason was given */
  VoiceNotReadyReasonID: Int,
  VoiceNotReadyReasonString: Text,
  PhoneIPAddress: Text,
});
export type IUserInformation = Static<typeof IUserInformation>;

/** Seed, INOTREADYREASON. */
export const INotReadyReason = Type.Object({ ID: Int, Name: Text });
export type INotReadyReason = Static<typeof INotReadyReason>;

/** Seed, IREALTIMEINFORMATION. */
export const IRealTimeInformation = Type.Object({
  ServiceGroupID: Int,
  ServiceGroupName: Text,
  CallsInQueue: Int,
});
export type IRealTimeInformation = Static<typeof IRealTimeInformation>;
