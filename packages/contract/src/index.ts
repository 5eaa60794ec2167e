export {
  CallRecordingState,
  CallType,
  CampaignCallStatus,
  MediaType,
  SessionState,
  Softphone,
  UpdateType,
} from './enums.ts';
export { type EventArguments, type EventDescriptor, type EventName, events } from './events.ts';
export {
  type ApplicationMethodName,
  type ArgumentsOf,
  allMethods,
  type ClientMethodName,
  type DescriptorOf,
  type DocumentedName,
  findMethod,
  isMethodName,
  type MethodName,
  type MethodsAnsweredBy,
  methods,
  type NamedArgumentsOf,
  type ResultOf,
  type SiteMethodName,
  type WorkspaceMethodName,
} from './interface.ts';
export {
  ICall,
  ICallInformation,
  ICampaignCallInformation,
  ICampaignCustomerField,
  ICQCode,
} from './interfaces/call.ts';
export {
  IDispatchCampaignCall,
  IDispatchCommonHoldCall,
  IDispatchEmail,
  IDispatchPersonalCall,
  IDispatchSMS,
  IDispatchVoiceCall,
} from './interfaces/dispatch.ts';
export { IChat, IEmail, IOpenMedia, ISMS } from './interfaces/message-session.ts';
export { INotReadyReason, IRealTimeInformation, IUserInformation } from './interfaces/user.ts';
export { ITab, ITemplate } from './interfaces/workspace.ts';
export {
  type AnsweredBy,
  camelCase,
  commonRefusals,
  type MethodDescriptor,
  type Parameter,
} from './method.ts';
export type { MonitorMode } from './methods/extensions.ts';
export { type Privilege, privileges } from './privileges.ts';
export { isRefusalReason, type Refusal, type RefusalReason, refusals } from './refusals.ts';
export { type Answer, accepted, refused } from './rpc/answer.ts';
export type { Clock, Timer } from './rpc/clock.ts';
export {
  type Malformed,
  type Message,
  parseMessage,
  printMessage,
  type RequestId,
} from './rpc/message.ts';
export {
  createPeer,
  type IncomingRequest,
  type Peer,
  type PeerOptions,
  type RequestOptions,
  type Route,
} from './rpc/peer.ts';
export { systemClock } from './rpc/system-clock.ts';
export { type Fault, refusedCode, WireError, type WireErrorKind, wireErrors } from './rpc/wire-error.ts';
export { type Static, type TSchema, Type } from './schema.ts';
export { type ByteStream, lineTransport } from './transport/lines.ts';
export { createLinkedPair } from './transport/linked-pair.ts';
export {
  fitsInFrame,
  maximumFrameBytes,
  type Transport,
  type TransportEnd,
  utf8Length,
} from './transport/transport.ts';
export { type WebSocketLike, webSocketTransport } from './transport/web-socket.ts';
export { wrappedTransport } from './transport/wrapped.ts';
export { eventCheck } from './validation/event-checks.ts';
export { type MethodChecks, methodChecks, parametersSchema } from './validation/method-checks.ts';
export { type Check, checkOf } from './validation/validator.ts';
export {
  ConnectedProgram,
  DeskStatus,
  deskMethods,
  deskNotifications,
  RevokeRequest,
  windowPaths,
  windowProtocols,
} from './wire/desk.ts';
export { deskClockMethods, ServerTime } from './wire/desk-clock.ts';
export {
  deskPreferenceMethods,
  deskPreferenceNotifications,
  KeepPreferencesRequest,
  KeepPreferencesResult,
  KeptPreferences,
  mostPreferenceBytes,
  ReadPreferencesResult,
} from './wire/desk-preferences.ts';
export {
  CallerHistoryRequest,
  DirectoryEntry,
  type DirectoryPresence,
  DirectoryRequest,
  deskQueries,
  EarlierCall,
  mostDirectoryEntries,
  mostEarlierCalls,
  QueueFigure,
  serviceLevelSeconds,
} from './wire/desk-queries.ts';
export {
  BundlePiece,
  ConnectionReport,
  deskSettingsMethods,
  LogLevelRequest,
  LogLevelResult,
  LogPage,
  PrepareBundleRequest,
  PreparedBundle,
  ReadBundleRequest,
  ReadLogRequest,
  SeenRequest,
} from './wire/desk-settings.ts';
export {
  ConnectedPage,
  DeskTab,
  DeskTabs,
  deskTabMethods,
  deskTabNotifications,
  FocusRequest,
  framePath,
  pagePath,
  RevokePageRequest,
  TabRequest,
} from './wire/desk-tabs.ts';
export { deskTakeOverMethods } from './wire/desk-take-over.ts';
export {
  AttachRequest,
  AttachResult,
  brokerMethods,
  brokerNotifications,
  LoggedOffMessage,
  LogonGrant,
  LogonPlace,
  LogonRefusal,
  LogonRequest,
  PingResult,
  SnapshotPartMessage,
  StreamItemMessage,
} from './wire/gateway.ts';
export { createSnapshotParts, type SnapshotParts } from './wire/gather-parts.ts';
export {
  EventMessage,
  InitializeRequest,
  InitializeResult,
  LaunchParameters,
  localExtensions,
  localNotifications,
  OperationFailedValues,
  RuntimeFile,
} from './wire/local.ts';
export {
  HandledReport,
  PageFarewell,
  PageGreeting,
  PageInitialize,
  PageInitializeResult,
  PageLeaving,
  PageWelcome,
  pageNotifications,
  pageProtocol,
} from './wire/page.ts';
export {
  Abilities,
  AgentSnapshot,
  ClericalEnd,
  Coverage,
  Monitoring,
  ServiceGroupSummary,
} from './wire/snapshot.ts';
export { joinSnapshot, snapshotPartBytes, splitSnapshot, WaitingItems } from './wire/snapshot-parts.ts';
export {
  AnswerFigures,
  AnswerReport,
  deskSoftphoneMethods,
  SoftphoneGrant,
} from './wire/softphone.ts';
export {
  WebGrant,
  WebHostReport,
  WebHostSettings,
  WebLogonRequest,
  WebSessionOver,
  WebVisit,
  webPaths,
  webVisitHeader,
} from './wire/web.ts';
export {
  ActionTab,
  ConfiguredTab,
  everything,
  PageRights,
  TabPlacement,
  Workspace,
  workspaceItem,
} from './wire/workspace.ts';
