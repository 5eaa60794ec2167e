import { optional, parameter } from '../method.ts';
import { Bool, BoundedText, Int } from '../schema.ts';
import { callId, request, serviceGroupId } from './shapes.ts';

/** Seed, "Call Control Commands". True = accepted and sent; the call events tell the outcome. */

const ask = request('call control', 'site');
const read = request('call control', 'application');

/** Digits, letters and the signs people write between them; the site strips those and refuses what is left empty. */
const number = parameter('number', BoundedText(256));
const destination = parameter('destination', BoundedText(256));
const ivrField = [
  callId,
  parameter('label', BoundedText(256)),
  parameter('data', BoundedText(16_384)),
] as const;

export const callControlMethods = [
  ask('MakeCall', [number, optional('name', BoundedText(256)), optional('useNumberTranslation', Bool)], {
    tab: true,
    privilege: 'makeCalls',
    refusals: ['cannotMakeCall', 'phoneNotRegistered', 'invalidNumber'],
    text: 'Calls a number. With an active call it is a consultation: the active call is held first. The name is shown until the network gives one.',
  }),
  ask('AnswerActiveCall', [], {
    tab: true,
    refusals: ['noActiveCall', 'notAnswerable', 'inProgress'],
    text: 'Answers the call that has rung longest.',
  }),
  ask('AnswerCall', [callId], {
    tab: true,
    refusals: ['unknownCall', 'notRinging', 'notAnswerable', 'inProgress'],
    text: 'Answers a ringing call. Another active call is held.',
  }),
  ask('HangupActiveCall', [], {
    tab: true,
    refusals: ['noActiveCall', 'notClearable', 'inProgress'],
    text: 'Disconnects the active call.',
  }),
  ask('HangupCall', [callId], {
    tab: true,
    refusals: ['unknownCall', 'notClearable', 'inProgress'],
    text: 'Disconnects a call.',
  }),
  ask('HoldActiveCall', [], {
    tab: true,
    refusals: ['noActiveCall', 'inProgress'],
    text: 'Holds the active call.',
  }),
  ask('RetrieveActiveCall', [], {
    tab: true,
    refusals: ['noActiveCall', 'notHeld', 'anotherCallStarts'],
    text: 'Retrieves the call that was held last. Another active call is held.',
  }),
  ask('RetrieveCall', [callId], {
    tab: true,
    refusals: ['unknownCall', 'notHeld', 'anotherCallStarts'],
    text: 'Retrieves a held call. Another active call is held.',
  }),
  ask('TransferCall', [callId], {
    tab: true,
    refusals: ['unknownCall', 'notHeld', 'noActiveCall', 'notConnected', 'alreadyParty', 'inProgress'],
    text: 'Transfers the held call to the party of the active call, answered or still ringing.',
  }),
  ask('ConferenceActiveCall', [], {
    tab: true,
    refusals: ['noActiveCall', 'notHeld', 'notConnected', 'alreadyParty', 'inProgress'],
    text: 'Joins the call held last and the active call in a conference, which keeps the id of the held one.',
  }),
  ask('EnterDtmfActiveCall', [parameter('digits', BoundedText(64))], {
    tab: true,
    refusals: ['noActiveCall', 'notConnected', 'invalidDigits'],
    text: 'Sends digits to the other party as DTMF (RFC 4733). A comma is a pause.',
  }),
  ask('DeflectActiveCall', [destination], {
    tab: true,
    refusals: ['noActiveCall', 'invalidNumber', 'inProgress', 'notDeflectable', 'notConnected'],
    text: 'Sends the active call, or else the one that has rung longest, on to a number.',
  }),
  ask('DeflectCall', [callId, destination], {
    tab: true,
    refusals: ['unknownCall', 'invalidNumber', 'inProgress', 'notDeflectable', 'notConnected'],
    text: 'Sends a ringing or connected call on to a number. If that fails the call stays as it was.',
  }),
  ask('ClearCurrentAuthenticatingCall', [], {
    tab: true,
    refusals: ['noActiveCall'],
    text: 'Gives up waiting for the call that is being authenticated.',
  }),
  ask('ClearAuthenticatingCall', [callId], {
    tab: true,
    refusals: ['unknownCall', 'notAuthenticating'],
    text: 'Gives up waiting for a call that is being authenticated.',
  }),
  read('CanMakeCall', [], { tab: true, text: 'True if a call, or a consultation, can be made now.' }),
  read('CanConference', [], { tab: true, text: 'True if a held and a connected call can be joined now.' }),
  read('CanTransfer', [], {
    tab: true,
    text: 'True if a held call can be transferred to the active one now.',
  }),
  ask('SetPrivateData', [callId, parameter('data', BoundedText(16_384))], {
    tab: true,
    refusals: ['unknownCall', 'dataTooLong'],
    text: 'Replaces the private data of a call, at most 4,096 bytes of UTF-8. It comes back in the following call events and travels with the call.',
  }),
  ask('StartRecording', [parameter('agentId', Int), parameter('allCalls', Bool)], {
    tab: true,
    privilege: 'record',
    refusals: ['recordingDecided'],
    text: 'Records the current or next call, or all calls until StopRecording. The agent id is not used.',
  }),
  ask('StopRecording', [parameter('agentId', Int)], {
    tab: true,
    privilege: 'record',
    refusals: ['notRecording', 'recordingDecided'],
    text: 'Stops the recording and the recording of all calls. The agent id is not used.',
  }),
  ask('DeflectCallToServiceGroup', [callId, serviceGroupId], {
    tab: true,
    refusals: ['unknownCall', 'unknownServiceGroup', 'wrongMedia', 'inProgress', 'notDeflectable'],
    text: 'Puts a session into the queue of another service group of the same media, with its data.',
  }),
  ask('SetIVRData', ivrField, {
    tab: true,
    refusals: ['unknownCall', 'invalidLabel', 'dataTooLong', 'tooManyFields'],
    text: 'Sets IVR1, IVR2, IVR3, an existing label or a new one; for campaign calls also an updatable customer field.',
  }),
  ask('SetIVRDataWithCDR', ivrField, {
    tab: true,
    refusals: ['unknownCall', 'invalidLabel', 'dataTooLong', 'tooManyFields'],
    text: 'As SetIVRData, and adds an event to the call detail record.',
  }),
  ask('IntrudeCall', [callId], {
    tab: true,
    privilege: 'intrude',
    refusals: ['unknownCall', 'notBusy', 'notConnected', 'intrusionProtected', 'inProgress'],
    text: 'Joins the call of the busy extension that a failed call of this agent met, if the call manager permits.',
  }),
  ask('SetName', [callId, parameter('name', BoundedText(256))], {
    tab: true,
    refusals: ['unknownCall', 'dataTooLong'],
    text: 'Changes the name shown for the other party of a call, at this agent.',
  }),
] as const;
