import {
  type AgentSnapshot,
  CallRecordingState,
  CallType,
  type ICall,
  type IDispatchVoiceCall,
  type IUserInformation,
  privileges,
  SessionState,
} from '@cordboard/contract';

const nothing = {
  CallingNumber: '',
  GroupName: '',
  QueueDuration: 0,
  IVRData: [],
  IVRLabels: [],
  IVRDataString: '',
  IVRLabelString: '',
};

export const exampleUser: IUserInformation = {
  ExtensionNumber: '2001',
  LoggedOn: 1,
  LoginID: 'anna',
  UserName: 'Anna Andersson',
  ReadyStatus: true,
  EmailReadyStatus: false,
  OpenMediaReadyStatus: false,
  OASID: 1,
  OASServerName: 'Main',
  ChatReadyStatus: false,
  RecordID: 1001,
  VoiceNotReadyReasonID: 0,
  VoiceNotReadyReasonString: '',
  PhoneIPAddress: '127.0.0.1',
};

/** A ringing call of a service group, changed as told. */
export const exampleCall = (changes: Partial<ICall> = {}): ICall => ({
  CallerName: 'Bertil',
  CallInfo: { ...nothing, CallingNumber: '+46812345', GroupName: 'Sales', QueueDuration: 12 },
  IsCampaignCall: false,
  CampaignCallInfo: {
    DialedNumber: '',
    CampaignID: 0,
    CampaignName: '',
    CustomerID: 0,
    CustomerName: '',
    Comment: '',
    CallStatus: 0,
    Fields: [],
  },
  CanAnswer: true,
  CanDeflect: true,
  CanHangup: false,
  CanHold: false,
  CanRetrieve: false,
  CanReject: true,
  ConsultingCallInfo: nothing,
  ID: 1,
  Incoming: true,
  PhoneNumber: '+46812345',
  RecordingState: CallRecordingState.Stopped,
  StartTime: '2026-11-22T12:00:00.000Z',
  ConnectedTime: null,
  EndTime: null,
  State: SessionState.Offered,
  StateDescription: 'Offered',
  PrivateData: '',
  CalledNumber: '100',
  Type: CallType.Incoming,
  IVRData: [],
  IVRLabels: [],
  ...changes,
});

/** A call that waits to be picked, changed as told. */
export const exampleWaitingCall = (changes: Partial<IDispatchVoiceCall> = {}): IDispatchVoiceCall => ({
  ID: 1,
  ReservedAgentID: 0,
  ReservedAgentName: '',
  Number: '+46812345',
  QueueStartTime: '2026-11-22T12:00:00.000Z',
  IVRData: [],
  IVRLabels: [],
  IVRDataString: '',
  IVRLabelString: '',
  ServiceGroupID: 7,
  IVR: '',
  CalledNumber: '100',
  ...changes,
});

export const exampleSnapshot = (changes: Partial<AgentSnapshot> = {}): AgentSnapshot => ({
  user: exampleUser,
  registered: true,
  abilities: { canMakeCall: true, canConference: false, canTransfer: false },
  calls: [],
  emails: [],
  dispatch: { personalCalls: [], commonHoldCalls: [], voiceCalls: [] },
  realTime: [],
  sms: [],
  openMedia: [],
  chats: [],
  notReadyReasons: [{ ID: 5, Name: 'Lunch' }],
  serviceGroups: [{ id: 7, name: 'Sales', media: 'voice', cqCodes: [{ ID: 1, Code: 'S', Name: 'Sold' }] }],
  emailTemplates: [{ ID: 3, Name: 'Thanks' }],
  attendantEmailTemplates: [{ ID: 4, Name: 'Please call' }],
  ...changes,
});

export const allPrivileges = Object.keys(privileges);
