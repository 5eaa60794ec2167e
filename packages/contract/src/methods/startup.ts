import { Softphone } from '../enums.ts';
import { IUserInformation } from '../interfaces/user.ts';
import { method, optional, parameter } from '../method.ts';
import { BoundedText, EnumNumber, Int, Type } from '../schema.ts';
import { request } from './shapes.ts';

/** Seed, "Initialization Commands" and "Startup/Shutdown Commands". */

const initialization = request('initialization', 'client');
const startup = request('startup and shutdown', 'client');

const credentials = [
  parameter('logonId', BoundedText(64)),
  parameter('password', BoundedText(1024)),
  optional('extension', BoundedText(32)),
  optional('extensionPassword', BoundedText(1024)),
  optional('siteName', BoundedText(128)),
  optional('webServer', BoundedText(512)),
  optional('brokerServer', BoundedText(512)),
  optional('brokerPort', Int),
] as const;

export const startupMethods = [
  initialization('Initialize', [], {
    tab: false,
    refusals: ['notRunning'],
    text: 'Connects to the running Agent application. Events come, and requests are taken, from then on. Again when connected: true.',
  }),
  initialization('Uninitialize', [], {
    tab: false,
    text: 'Removes the connection. The client can be initialized again.',
  }),
  initialization('CanInitialize', [], {
    tab: false,
    refusals: ['notRunning'],
    text: 'True if the Agent application runs, an agent who may use the interface is logged on, and it takes connections.',
  }),
  startup('IsBSARunning', [], {
    tab: false,
    refusals: ['notRunning'],
    text: 'True if the Agent application runs on this machine, logged on or not.',
  }),
  startup('LaunchBSA', [], {
    tab: false,
    refusals: ['alreadyRunning', 'cannotLaunch'],
    text: 'Starts the Agent application with its stored configuration. True = started, not: logged on; OnApplicationReadyForInitialization says when it is ready.',
  }),
  startup('LaunchBSAWithCredentials', credentials, {
    tab: false,
    refusals: ['alreadyRunning', 'cannotLaunch', 'invalidValue'],
    text: 'Starts the Agent application and logs on. Empty or left out = as configured. The credentials go over a pipe, never on a command line.',
  }),
  startup('LaunchAgentWithParams', [...credentials, optional('softphone', EnumNumber(Softphone))], {
    tab: false,
    refusals: ['alreadyRunning', 'cannotLaunch', 'invalidValue'],
    text: 'As LaunchBSAWithCredentials, and chooses the softphone (1), the hard phone (0) or the one used last (-1).',
  }),
  method({
    name: 'GetUserInformation',
    group: 'startup and shutdown',
    tab: true,
    privilege: null,
    answeredBy: 'application',
    parameters: [],
    result: IUserInformation,
    whenRefused: {
      ExtensionNumber: '',
      LoggedOn: 0,
      LoginID: '',
      UserName: '',
      ReadyStatus: false,
      EmailReadyStatus: false,
      OpenMediaReadyStatus: false,
      OASID: 0,
      OASServerName: '',
      ChatReadyStatus: false,
      RecordID: 0,
      VoiceNotReadyReasonID: 0,
      VoiceNotReadyReasonString: '',
      PhoneIPAddress: '',
    },
    refusals: [],
    text: 'The user who is logged on, and the states of his media.',
  }),
  request('startup and shutdown', 'application')('IsRegistered', [], {
    tab: true,
    text: 'True if this client is registered with the request interface: it can make requests and gets events. Not the SIP registration of the phone (see OnRegistrationStatus).',
  }),
  method({
    name: 'CloseApplication',
    group: 'startup and shutdown',
    tab: false,
    privilege: null,
    answeredBy: 'application',
    parameters: [],
    result: Type.Null(),
    whenRefused: null,
    refusals: [],
    text: 'Logs off and shuts the Agent application down. OnApplicationClosed tells every client.',
  }),
] as const;
