import { type ICall, SessionState } from '@cordboard/contract';
import { type Choices, wait } from './act.ts';
import { answer, answerActive, cancelClerical, digits, extendClerical, hangUp, hangUpActive, hold, ivrData, ivrDataWithCdr, makeCall, notReady, otherMedia, privateData, ready, reject, rename, retrieve, retrieveActive, unknownCall } from './call-acts.ts';
import { enableDispatch, reserveItem, retrieveItem, subscribe, watchGroup } from './dispatch-acts.ts';
import { authenticate, clearAuthenticating, clearCurrentAuthenticating, conference, deflect, deflectActive, deflectToGroup, intrude, park, transfer } from './joining-acts.ts';
import { decline, dial, lift, logOff, lose, pressHold, pressRetrieve, pressTransfer, putDown } from './phone-acts.ts';
import { enterCqCodes, readCqCodes, setMonitorMode, startMonitor, startRecording, stopMonitor, stopRecording } from './recording-acts.ts';
import type { Desk } from './desk.ts';

const S = SessionState;

const whileRinging: Choices = [
  [55, answer],
  [10, answerActive],
  [8, lift],
  [8, reject],
  [10, wait],
  [3, decline],
  [2, notReady],
  [1, hangUp],
  [1, lose],
  [1, logOff],
  [2, deflect],
  [1, deflectToGroup],
  [1, deflectActive],
];
const whileTalking: Choices = [
  [20, wait],
  [10, hangUp],
  [10, hangUpActive],
  [8, putDown],
  [12, hold],
  [8, digits],
  [6, privateData],
  [4, ivrData],
  [3, ivrDataWithCdr],
  [3, rename],
  [8, makeCall],
  [3, notReady],
  [2, ready],
  [2, pressHold],
  [1, lose],
  [0.5, logOff],
  [1, unknownCall],
  [3, conference],
  [3, deflect],
  [2, deflectActive],
  [3, deflectToGroup],
  [3, authenticate],
  [3, startRecording],
  [2, stopRecording],
  [3, enterCqCodes],
  [1, readCqCodes],
  [3, park],
  [3, pressTransfer],
  [1, setMonitorMode],
  [0.5, stopMonitor],
  [0.5, transfer],
];
const whileHeld: Choices = [
  [15, wait],
  [30, retrieve],
  [20, retrieveActive],
  [8, hangUp],
  [12, makeCall],
  [4, privateData],
  [3, pressRetrieve],
  [1, lose],
  [2, unknownCall],
  [1, dial],
  [12, transfer],
  [8, conference],
  [2, park],
  [2, stopRecording],
  [1, deflect],
];
const whileDialing: Choices = [
  [60, wait],
  [10, hangUp],
  [10, hangUpActive],
  [5, lift],
  [5, putDown],
  [2, makeCall],
  [1, lose],
  [2, transfer],
  [1, startRecording],
];
const whileFailed: Choices = [
  [30, wait],
  [50, hangUp],
  [10, putDown],
  [3, hangUpActive],
  [15, intrude],
];
const whileOnHold: Choices = [
  [60, wait],
  [15, hangUp],
  [5, hangUpActive],
  [5, retrieve],
  [5, putDown],
  [6, clearAuthenticating],
  [3, clearCurrentAuthenticating],
  [2, park],
  [2, stopRecording],
];
const inClerical: Choices = [
  [50, wait],
  [25, cancelClerical],
  [10, extendClerical],
  [5, ready],
  [5, notReady],
  [3, makeCall],
  [1, logOff],
  [1, lose],
  [5, ivrDataWithCdr],
  [6, enterCqCodes],
  [3, readCqCodes],
  [3, retrieveItem],
];
const clearing: Choices = [
  [9, wait],
  [1, putDown],
];
const whileReady: Choices = [
  [75, wait],
  [4, notReady],
  [5, makeCall],
  [1, ready],
  [1, otherMedia],
  [1, unknownCall],
  [0.6, logOff],
  [0.6, lose],
  [1.5, dial],
  [1, startMonitor],
  [0.5, stopMonitor],
  [0.5, startRecording],
  [0.5, stopRecording],
  [3, subscribe],
  [3, enableDispatch],
  [4, retrieveItem],
  [3, reserveItem],
  [2, watchGroup],
];
const whileNotReady: Choices = [
  [25, wait],
  [60, ready],
  [5, notReady],
  [4, makeCall],
  [2, otherMedia],
  [1, unknownCall],
  [1, logOff],
  [1, lose],
  [1.5, dial],
  [1, startMonitor],
  [0.5, stopMonitor],
  [3, subscribe],
  [3, enableDispatch],
  [8, retrieveItem],
  [4, reserveItem],
  [2, watchGroup],
];

const byState: Readonly<Record<number, Choices>> = {
  [S.Offered]: whileRinging,
  [S.Connected]: whileTalking,
  [S.Conference]: whileTalking,
  [S.Held]: whileHeld,
  [S.Dialing]: whileDialing,
  [S.Calling]: whileDialing,
  [S.Failed]: whileFailed,
  [S.OnHold]: whileOnHold,
  [S.Clerical]: inClerical,
};

export const choicesFor = (desk: Desk, calls: readonly ICall[], chosen: ICall | undefined): Choices => {
  if (chosen) return byState[chosen.State] ?? clearing;
  return calls.length === 0 && desk.user()?.ReadyStatus ? whileReady : whileNotReady;
};
