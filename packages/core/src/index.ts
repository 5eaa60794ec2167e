export type { Place } from './agent/agent.ts';
export { type Agent, type AgentEvent, type NotReadyReason, systemReasons } from './agent/agent.ts';
export { logOnRefusals } from './agent/log-on.ts';
export { type Allowed, abilities, allowed, maximumLines } from './call/allowed.ts';
export type { Call, CallEvent } from './call/call.ts';
export type { EndCause, Session, SessionPhase } from './call/session.ts';
export { isLegalTransition } from './call/transitions.ts';
export type {
  AgentGroup,
  Extension,
  ServiceGroup,
  SiteConfiguration,
  SiteTimers,
  Tenant,
  TranslationRule,
  User,
} from './configuration/configuration.ts';
export { dataBounds } from './data/call-data.ts';
export { decide } from './decide.ts';
export { callerOf, directoryEntries } from './directory-entries.ts';
export type { HouseEvent, SiteEvent } from './event.ts';
export { evolve, replay } from './evolve.ts';
export { type Flow, type FlowStep, stepAfter } from './flow/flow.ts';
export { isTimeZone, type OpeningHours, type Weekday, weekdays } from './flow/opening-hours.ts';
export { type GroupFigures, groupFigures } from './group-figures.ts';
export { commandsToReach } from './leg/commands-to-reach.ts';
export type { Leg, LegEvent } from './leg/leg.ts';
export type { SiteMessage } from './message.ts';
export type {
  Answering,
  CallManagerCommand,
  CallManagerInventory,
  CallManagerReport,
  Cause,
  LegId,
  LegInventory,
  LegMedia,
  Sound,
} from './ports/call-manager.ts';
export { callDetails } from './record/call-detail.ts';
export type { CallDetail, CallDetailType } from './record/detail.ts';
export { implementedSiteMethods } from './request/handlers.ts';
export type { AgentId, Answer, Outcome, Publication, SiteRequest, Step, StreamItem, Time } from './site.ts';
export { restore, type SiteSnapshot, snapshot, snapshotText } from './snapshot.ts';
export { createSite, type SiteState } from './state.ts';
export { agentSnapshot, streamSeq } from './stream/agent-snapshot.ts';
export { projectCall } from './stream/project-call.ts';
export { projectUser } from './stream/project-user.ts';
export { nextDue } from './timer/fire-timers.ts';
export type { WaitingTreatment } from './waiting/waiting.ts';
