import { ICall, ICQCode } from '../interfaces/call.ts';
import {
  IDispatchCommonHoldCall,
  IDispatchPersonalCall,
  IDispatchVoiceCall,
} from '../interfaces/dispatch.ts';
import { IChat, IEmail, IOpenMedia, ISMS } from '../interfaces/message-session.ts';
import { INotReadyReason, IRealTimeInformation, IUserInformation } from '../interfaces/user.ts';
import { ITemplate } from '../interfaces/workspace.ts';
import { MonitorMode } from '../methods/extensions.ts';
import { Bool, Int, type Static, Text, Type } from '../schema.ts';
import { Workspace } from './workspace.ts';

/** Until when a session stays in clerical state, by the clock of the site. */
export const ClericalEnd = Type.Object({ id: Int, until: Text, canExtend: Bool });
export type ClericalEnd = Static<typeof ClericalEnd>;

/** Whom a supervisor listens to. */
export const Monitoring = Type.Object({
  agentLogonId: Text,
  agentName: Text,
  /** goes on with the agent's later calls */
  continuous: Bool,
  mode: MonitorMode,
  /** false: the agent speaks to nobody now */
  listening: Bool,
});
export type Monitoring = Static<typeof Monitoring>;

/** What CanMakeCall, CanConference and CanTransfer answer now: computed by the site, never derived again. */
export const Abilities = Type.Object({
  canMakeCall: Bool,
  canConference: Bool,
  canTransfer: Bool,
  /** somebody listens to the agent now, and the site wants him to know; absent = no */
  monitored: Type.Optional(Type.Literal(true)),
  /** sessions in clerical state; absent = none */
  clerical: Type.Optional(Type.Array(ClericalEnd)),
  /** absent = the agent monitors nobody */
  monitoring: Type.Optional(Monitoring),
});
export type Abilities = Static<typeof Abilities>;

/** What an agent's application must know of a service group to answer for it. */
export const ServiceGroupSummary = Type.Object({
  id: Int,
  name: Text,
  media: Text,
  cqCodes: Type.Array(ICQCode),
});
export type ServiceGroupSummary = Static<typeof ServiceGroupSummary>;

/**
 * What an agent is told of that waits to be picked, by kind (0 = all), and of which service groups the figures; all
 * empty while dispatch events are not enabled.
 */
export const Coverage = Type.Object({
  personal: Type.Array(Int),
  commonHold: Type.Array(Int),
  voice: Type.Array(Int),
  realTime: Type.Array(Int),
});
export type Coverage = Static<typeof Coverage>;

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
  /** what waits to be picked, of what the agent is told of */
  dispatch: Type.Object({
    personalCalls: Type.Array(IDispatchPersonalCall),
    commonHoldCalls: Type.Array(IDispatchCommonHoldCall),
    voiceCalls: Type.Array(IDispatchVoiceCall),
  }),
  realTime: Type.Array(IRealTimeInformation),
  notReadyReasons: Type.Array(INotReadyReason),
  serviceGroups: Type.Array(ServiceGroupSummary),
  emailTemplates: Type.Array(ITemplate),
  attendantEmailTemplates: Type.Array(ITemplate),
  /** labels of the IVR fields whose data no log may show; absent = none */
  secretFields: Type.Optional(Type.Array(Type.String())),
  /** web tabs, and what pages may do; absent = there are none */
  workspace: Type.Optional(Workspace),
});
export type AgentSnapshot = Static<typeof AgentSnapshot>;
