import { ICall, ICQCode } from '../interfaces/call.ts';
import { IChat, IEmail, IOpenMedia, ISMS } from '../interfaces/message-session.ts';
import { INotReadyReason, IUserInformation } from '../interfaces/user.ts';
import { ITemplate } from '../interfaces/workspace.ts';
import { Bool, Int, type Static, Text, Type } from '../schema.ts';

/** What CanMakeCall, CanConference and CanTransfer answer now: computed by the site, never derived again. */
export const Abilities = Type.Object({ canMakeCall: Bool, canConference: Bool, canTransfer: Bool });
export type Abilities = Static<typeof Abilities>;

/** What an agent's application must know of a service group to answer for it. */
export const ServiceGroupSummary = Type.Object({
  id: Int,
  name: Text,
  media: Text,
  cqCodes: Type.Array(ICQCode),
});
export type ServiceGroupSummary = Static<typeof ServiceGroupSummary>;

/** Everything that the replica of one agent holds, as of one sequence number of his stream. */
export const AgentSnapshot = Type.Object({
  user: IUserInformation,
  /** the agent's extension is registered with the call manager */
  registered: Bool,
  abilities: Abilities,
  calls: Type.Array(ICall),
  emails: Type.Array(IEmail),
  sms: Type.Array(ISMS),
  openMedia: Type.Array(IOpenMedia),
  chats: Type.Array(IChat),
  notReadyReasons: Type.Array(INotReadyReason),
  serviceGroups: Type.Array(ServiceGroupSummary),
  emailTemplates: Type.Array(ITemplate),
  attendantEmailTemplates: Type.Array(ITemplate),
});
export type AgentSnapshot = Static<typeof AgentSnapshot>;
