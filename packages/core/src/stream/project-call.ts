import type { ICall, ICallInformation, ICampaignCallInformation } from '@cordboard/contract';
import { type Allowed, allowed } from '../call/allowed.ts';
import type { Call } from '../call/call.ts';
import { type Session, type SessionPhase, stateOfPhase } from '../call/session.ts';
import type { Cause } from '../ports/call-manager.ts';
import { recordingStateOf } from '../recording/recordable.ts';
import { callOf, type SiteState } from '../state.ts';

const descriptions = {
  dialing: 'Dialing',
  calling: 'Calling',
  offered: 'Offered',
  connected: 'Connected',
  held: 'Held',
  onHold: 'On Hold',
  conference: 'Conference',
  authenticating: 'Authenticating',
  failed: 'Failed',
  clearing: 'Clearing',
  clerical: 'Clerical',
  forceClearing: 'Force Clearing',
  idle: 'Idle',
} as const satisfies Record<SessionPhase['type'], string>;

const causes = {
  normal: 'Failed',
  busy: 'Busy',
  noAnswer: 'No answer',
  rejected: 'Rejected',
  unknownNumber: 'Unknown number',
  unreachable: 'Unreachable',
  incompatible: 'Incompatible',
  mediaTimeout: 'Failed',
  sessionExpired: 'Failed',
  switchRestarted: 'Failed',
  protocolError: 'Failed',
} as const satisfies Record<Cause, string>;

export const describePhase = (phase: SessionPhase): string =>
  phase.type === 'failed' ? causes[phase.cause] : descriptions[phase.type];

/** Not null where it does not apply: integrators read these without a test. */
const noInformation = Object.freeze<ICallInformation>({
  CallingNumber: '',
  GroupName: '',
  QueueDuration: 0,
  IVRData: [],
  IVRLabels: [],
  IVRDataString: '',
  IVRLabelString: '',
});

const noCampaign = Object.freeze<ICampaignCallInformation>({
  DialedNumber: '',
  CampaignID: 0,
  CampaignName: '',
  CustomerID: 0,
  CustomerName: '',
  Comment: '',
  CallStatus: 0,
  Fields: [],
});

const information = (session: Session, call: Call): ICallInformation => ({
  CallingNumber: session.service === null ? '' : call.callerNumber,
  GroupName: session.service?.groupName ?? '',
  QueueDuration: session.service?.queueSeconds ?? 0,
  IVRData: call.ivrData,
  IVRLabels: call.ivrLabels,
  IVRDataString: call.ivrData.join(','),
  IVRLabelString: call.ivrLabels.join(','),
});

const consultingInformation = ({ consulting }: Session): ICallInformation =>
  consulting === null
    ? noInformation
    : {
        CallingNumber: consulting.callingNumber,
        GroupName: consulting.groupName,
        QueueDuration: consulting.queueSeconds,
        IVRData: consulting.ivrData,
        IVRLabels: consulting.ivrLabels,
        IVRDataString: consulting.ivrData.join(','),
        IVRLabelString: consulting.ivrLabels.join(','),
      };

/** ICall of the documented interface: a session as its agent sees it. */
export function projectCall(state: SiteState, session: Session, flags?: Allowed): ICall {
  const call = callOf(state, session.callId);
  const may = flags ?? allowed(state, session);
  return {
    CallerName: session.name,
    CallInfo: information(session, call),
    IsCampaignCall: false,
    CampaignCallInfo: noCampaign,
    CanAnswer: may.answer,
    CanDeflect: may.deflect,
    CanHangup: may.hangup,
    CanHold: may.hold,
    CanRetrieve: may.retrieve,
    CanReject: may.reject,
    ConsultingCallInfo: consultingInformation(session),
    ID: session.id,
    Incoming: session.incoming,
    PhoneNumber: session.phoneNumber,
    RecordingState: recordingStateOf(state, session),
    StartTime: session.startTime,
    ConnectedTime: session.connectedTime,
    EndTime: session.endTime,
    State: stateOfPhase[session.phase.type],
    StateDescription: describePhase(session.phase),
    PrivateData: call.privateData,
    CalledNumber: session.calledNumber,
    Type: session.type,
    IVRData: call.ivrData,
    IVRLabels: call.ivrLabels,
  };
}
