import { UpdateType } from './enums.ts';
import { ICall } from './interfaces/call.ts';
import {
  IDispatchCampaignCall,
  IDispatchCommonHoldCall,
  IDispatchEmail,
  IDispatchPersonalCall,
  IDispatchSMS,
  IDispatchVoiceCall,
} from './interfaces/dispatch.ts';
import { IChat, IEmail, IOpenMedia, ISMS } from './interfaces/message-session.ts';
import { IRealTimeInformation, IUserInformation } from './interfaces/user.ts';
import { Bool, EnumNumber, type Static, type TSchema } from './schema.ts';

export interface EventDescriptor<
  Name extends string = string,
  Values extends readonly TSchema[] = readonly TSchema[],
> {
  /** as documented: `OnCallEvent` */
  name: Name;
  /** reaches pages in tabs */
  tab: boolean;
  /** who produces it */
  from: 'client' | 'application' | 'site';
  /** by position */
  values: Values;
  text: string;
}

const event = <const Name extends string, const Values extends readonly TSchema[]>(
  name: Name,
  from: EventDescriptor['from'],
  values: Values,
  text: string,
  tab = true,
): EventDescriptor<Name, Values> => ({ name, tab, from, values, text });

const Update = EnumNumber(UpdateType);

/** Seed, "EVENTS". */
export const events = [
  event('OnApplicationClosed', 'client', [], 'The Agent application shut down, or is gone.'),
  event(
    'OnApplicationReadyForInitialization',
    'client',
    [],
    'The Agent application runs and Initialize can be called.',
  ),
  event('OnCallEvent', 'site', [ICall], 'State or another attribute of a voice call changed.'),
  event('OnEmailEvent', 'site', [IEmail], 'State or another attribute of an e-mail changed.'),
  event('OnSMSEvent', 'site', [ISMS], 'State or another attribute of an SMS changed.'),
  event(
    'OnOpenMediaEvent',
    'site',
    [IOpenMedia],
    'State or another attribute of an open media session changed.',
  ),
  event('OnRegistrationStatus', 'site', [Bool], "The SIP registration of the agent's extension changed."),
  event(
    'OnUserLogin',
    'application',
    [],
    'The user logged on. Told to every client that was there before, initialized or not, for only then can it initialize.',
  ),
  event(
    'OnDispatchPersonalCallEvent',
    'site',
    [IDispatchPersonalCall, Update],
    'A personal call waits, changed, or is gone.',
  ),
  event(
    'OnDispatchCommonHoldCallEvent',
    'site',
    [IDispatchCommonHoldCall, Update],
    'A call on common hold waits, changed, or is gone.',
  ),
  event(
    'OnDispatchVoiceCallEvent',
    'site',
    [IDispatchVoiceCall, Update],
    'A voice call waits, changed, or is gone.',
  ),
  event('OnDispatchEmailEvent', 'site', [IDispatchEmail, Update], 'An e-mail waits, changed, or is gone.'),
  event('OnDispatchSMSEvent', 'site', [IDispatchSMS, Update], 'An SMS waits, changed, or is gone.'),
  event(
    'OnDispatchCampaignCallEvent',
    'site',
    [IDispatchCampaignCall, Update],
    'A campaign customer waits, changed, or is gone.',
  ),
  event(
    'OnUserStatusUpdate',
    'site',
    [IUserInformation],
    'Ready, Not Ready or its reason changed, or the user logged off.',
  ),
  event('OnChatEvent', 'site', [IChat], 'State or another attribute of a chat changed.'),
  event(
    'OnRealTimeInformationUpdate',
    'site',
    [IRealTimeInformation],
    'The queue of a subscribed service group changed.',
    false,
  ),
] as const;

export type Events = typeof events;
export type EventName = Events[number]['name'];
type ValuesOf<Name extends EventName> = Extract<Events[number], { name: Name }>['values'];
type StaticTuple<Values extends readonly TSchema[]> = {
  -readonly [Index in keyof Values]: Static<Values[Index]>;
};
/** The arguments of an event's handler. */
export type EventArguments<Name extends EventName> = StaticTuple<ValuesOf<Name>>;
