import { MediaType } from '../enums.ts';
import { ICQCode } from '../interfaces/call.ts';
import { INotReadyReason } from '../interfaces/user.ts';
import { optional, parameter } from '../method.ts';
import { Bool, BoundedText, EnumNumber, Int, Moment, Type } from '../schema.ts';
import { callId, list, request, serviceGroupId } from './shapes.ts';

/** Seed, "Agent Commands". */

const ask = request('agent', 'site');
const status = parameter('status', Bool);
const mediaType = parameter('mediaType', EnumNumber(MediaType));
const campaignStatus = [
  callId,
  parameter('status', Int),
  optional('scheduleCallback', Bool),
  optional('callbackTime', Moment),
] as const;

export const agentMethods = [
  ask('CancelClerical', [callId], {
    tab: true,
    refusals: ['unknownCall', 'notInClerical'],
    text: 'Ends the clerical state of a session.',
  }),
  ask('ExtendClerical', [callId], {
    tab: true,
    refusals: ['unknownCall', 'notInClerical', 'clericalLimit'],
    text: 'Prolongs the clerical state of a session by the configured time, up to 900 s in all.',
  }),
  ask('RejectServiceCall', [callId], {
    tab: true,
    refusals: ['unknownCall', 'notRinging', 'notServiceCall'],
    text: 'Returns a ringing service group call to its queue, with its place in it.',
  }),
  ask('SetReadyStatus', [status, optional('reasonId', Int), optional('reasonName', BoundedText(256))], {
    tab: true,
    refusals: ['unknownReason'],
    text: 'Ready or Not Ready for voice, with a reason by id or by name (the id wins). Again while Not Ready: changes the reason.',
  }),
  ask('SetEmailReadyStatus', [status], { tab: true, text: 'Ready or Not Ready for e-mail and SMS.' }),
  ask('SetOpenMediaReadyStatus', [status], { tab: true, text: 'Ready or Not Ready for open media.' }),
  ask('SetChatReadyStatus', [status], { tab: true, text: 'Ready or Not Ready for chat.' }),
  ask('SetCampaignCallStatus', campaignStatus, {
    tab: true,
    privilege: 'campaign',
    refusals: ['unknownCall', 'invalidValue'],
    text: 'Sets the status of a campaign call; 8 (Callback Later) may schedule the call-back.',
  }),
  ask('SetCampaignCallStatusAndCloseForm', campaignStatus, {
    tab: true,
    privilege: 'campaign',
    refusals: ['unknownCall', 'invalidValue'],
    text: 'As SetCampaignCallStatus, and closes the campaign form if it is open.',
  }),
  list('agent', 'application')('GetNotReadyReasons', [], INotReadyReason, {
    tab: true,
    text: 'The Not Ready reasons of the system.',
  }),
  ask('StartMonitor', [parameter('agentLogonId', BoundedText(64)), parameter('continuous', Bool)], {
    tab: true,
    privilege: 'monitor',
    refusals: [
      'unknownAgent',
      'invalidValue',
      'monitoringProtected',
      'alreadyMonitoring',
      'phoneNotRegistered',
    ],
    text: 'Listens to the current or next call of another agent, or to all of them.',
  }),
  ask('StopMonitor', [], {
    tab: true,
    privilege: 'monitor',
    refusals: ['notMonitoring'],
    text: 'Ends the monitoring.',
  }),
  ask('EnterCQCodes', [callId, mediaType, parameter('codes', Type.Array(ICQCode, { maxItems: 100 }))], {
    tab: true,
    refusals: ['unknownCall', 'wrongMedia', 'notServiceCall', 'notConnected', 'unknownCQCode'],
    text: 'Replaces the qualification codes of a session: all of them, or, if one is not of its service group, none.',
  }),
  list('agent', 'application')('GetCQCodes', [serviceGroupId], ICQCode, {
    tab: true,
    refusals: ['unknownServiceGroup'],
    text: 'The qualification codes of a service group.',
  }),
  list('agent', 'site')('GetCallCQCodes', [callId, mediaType], ICQCode, {
    tab: true,
    refusals: ['unknownCall', 'wrongMedia'],
    text: 'The qualification codes that a session has.',
  }),
] as const;
