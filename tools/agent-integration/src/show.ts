import {
  CallType,
  type ICall,
  type IUserInformation,
  MediaType,
  SessionState,
  UpdateType,
} from '@cordboard/contract';
import type { ClientEvent } from '@cordboard/sdk';

const nameOf = (names: Record<string, number>, value: number): string =>
  Object.entries(names).find(([, each]) => each === value)?.[0] ?? `${value}`;

const flags = ['CanAnswer', 'CanReject', 'CanDeflect', 'CanHangup', 'CanHold', 'CanRetrieve'] as const;

const showCall = (call: ICall): string => {
  const can = flags.filter(flag => call[flag]).map(flag => flag.slice(3).toLowerCase());
  return [
    `#${call.ID}`,
    nameOf(SessionState, call.State),
    nameOf(CallType, call.Type).toLowerCase(),
    call.Incoming ? 'from' : 'to',
    [call.PhoneNumber, call.CallerName].filter(Boolean).join(' ') || 'nobody known',
    ...(call.CallInfo.GroupName
      ? [`[${call.CallInfo.GroupName}, waited ${call.CallInfo.QueueDuration} s]`]
      : []),
    ...(call.PrivateData ? [`data "${call.PrivateData}"`] : []),
    ...(can.length > 0 ? [`can ${can.join(', ')}`] : []),
  ].join(' ');
};

const showUser = (user: IUserInformation): string => {
  const ready = (is: boolean) => (is ? 'ready' : 'not ready');
  const reason = user.VoiceNotReadyReasonString ? ` (${user.VoiceNotReadyReasonString})` : '';
  return [
    `${user.UserName || user.LoginID} at ${user.ExtensionNumber || 'no extension'}`,
    user.LoggedOn === 1 ? 'logged on' : 'logged off',
    `voice ${ready(user.ReadyStatus)}${reason}`,
    `e-mail ${ready(user.EmailReadyStatus)}`,
    `open media ${ready(user.OpenMediaReadyStatus)}`,
    `chat ${ready(user.ChatReadyStatus)}`,
  ].join(', ');
};

interface Waiting {
  ID: number;
  Number?: string;
  ServiceGroupID?: number;
}

const showWaiting = (values: readonly unknown[]): string => {
  const [item, update] = values as [Waiting, number];
  const group = item.ServiceGroupID === undefined ? '' : ` group ${item.ServiceGroupID}`;
  return `${nameOf(UpdateType, update)} #${item.ID} ${item.Number ?? ''}${group}`;
};

const message = (value: unknown): string => {
  const session = value as { ID: number; State: number; GroupName?: string };
  return `#${session.ID} ${nameOf(SessionState, session.State)} ${session.GroupName ?? ''}`.trimEnd();
};

const shortForm = (event: ClientEvent): string => {
  switch (event.event) {
    case 'OnCallEvent':
      return showCall(event.values[0]);
    case 'OnUserStatusUpdate':
      return showUser(event.values[0]);
    case 'OnRegistrationStatus':
      return event.values[0] ? 'phone registered' : 'phone not registered';
    case 'OnEmailEvent':
    case 'OnSMSEvent':
    case 'OnOpenMediaEvent':
    case 'OnChatEvent':
      return message(event.values[0]);
    case 'resynchronized':
      return `events were missed; ${event.values[0].calls.length} calls now`;
    default:
      return event.event.startsWith('OnDispatch')
        ? showWaiting(event.values)
        : event.values.map(each => JSON.stringify(each)).join(' ');
  }
};

/** One line for an event: what a person looks for first, or everything as JSON. */
export const showEvent = (event: ClientEvent, at: Date, asJson: boolean): string => {
  const time = at.toISOString().slice(11, 23);
  const text = asJson ? JSON.stringify(event.values) : shortForm(event);
  return `${time} ${event.event} ${text}`.trimEnd();
};

const looksLike = {
  call: (value: object): value is ICall => 'CanAnswer' in value,
  user: (value: object): value is IUserInformation => 'ReadyStatus' in value,
};

/** A result: one line, or one for each item of a list. */
export const showValue = (value: unknown, asJson: boolean): string => {
  if (asJson) return JSON.stringify(value, null, 2);
  if (Array.isArray(value))
    return value.length === 0 ? '[]' : value.map(each => `\n  ${showValue(each, false)}`).join('');
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (looksLike.call(value)) return showCall(value);
  if (looksLike.user(value)) return showUser(value);
  return Object.entries(value)
    .map(([name, each]) => `${name} ${typeof each === 'object' ? JSON.stringify(each) : String(each)}`)
    .join(', ');
};

/** The documented enums by the properties and parameters that hold them. */
export const enumOfProperty: Record<string, Record<string, number>> = {
  State: SessionState,
  Type: CallType,
  mediaType: MediaType,
};
