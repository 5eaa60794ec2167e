import { privileges } from '@cordboard/contract';
import Type, { type Static } from 'typebox';
import { Authentication, Flow, OpeningHours, WaitingTreatment } from './flow-schema.ts';
import { DialNumber, Id, List, Name, OneOf, Seconds, Section } from './schema-parts.ts';
import { SipTls, TrunkTls } from './tls-schema.ts';
import { Web } from './web-schema.ts';
import { Page, Tabs, type TabsSection } from './window-schema.ts';

/**
 * The configuration file, as a value: its JSON Schema is `configuration.schema.json`, its type is derived from it.
 * Numbers that people dial are text: as a YAML number 0800 would lose its zero.
 */

const Address = (description: string, byDefault?: string) =>
  Type.String({
    pattern: '^(\\[[0-9A-Fa-f:.]+\\]|[A-Za-z0-9.-]+):[0-9]{1,5}$',
    ...(byDefault === undefined ? {} : { default: byDefault }),
    description: `${description}, as host:port; port 0 = any free one`,
  });
const Folder = (description: string, byDefault: string) =>
  Type.String({ minLength: 1, maxLength: 1000, default: byDefault, description });

const privilegeNames = Object.keys(privileges) as (keyof typeof privileges)[];

const Tenant = Section({ id: Id('tenant id'), name: Name('shown name') }, 'A customer of this site');

const User = Section(
  {
    id: Id('agent id (RecordID of the documented interface)'),
    logonId: Type.String({ pattern: '^[^\\s:]{1,64}$', description: 'what the user types to log on' }),
    name: Name('shown name'),
    tenant: Type.Integer({ default: 1, description: 'tenant id' }),
    passwordHash: Type.Optional(
      Type.String({
        pattern: '^\\$argon2id\\$v=19\\$m=\\d+,t=\\d+,p=\\d+\\$[A-Za-z0-9+/]+\\$[A-Za-z0-9+/]+$',
        maxLength: 300,
        description: 'argon2id, from configuration/hash-password.ts; absent: it is in the secrets file',
      }),
    ),
    privileges: List(OneOf(privilegeNames, 'a privilege'), 'what the user may do', 100),
    agentGroups: List(Type.Integer(), 'ids of agent groups', 1_000),
    personalQueue: Type.Integer({
      default: 0,
      minimum: 0,
      description:
        'voice service group in which calls to his own number wait for him that he cannot take; 0 = none: callers hear why',
    }),
    personalWhenNotReady: Type.Boolean({
      default: false,
      description: 'such calls wait, too, when he is Not Ready; otherwise his phone rings',
    }),
    skills: Type.Record(
      Type.String({ minLength: 1, maxLength: 100 }),
      Type.Integer({ minimum: 1, maximum: 10 }),
      {
        default: {},
        maxProperties: 100,
        description: 'level by skill name: 1 is best, 10 is least',
      },
    ),
    extension: Type.String({
      default: '',
      pattern: '^[0-9*#+]{0,32}$',
      description: "used when the logon names none; '' = the logon must name one",
    }),
    protectedFromMonitoring: Type.Boolean({ default: false, description: 'nobody may listen to this user' }),
  },
  'A person who logs on',
);

const Extension = Section(
  {
    number: DialNumber('the extension'),
    answering: OneOf(
      ['phone', 'talk', 'autoAnswer'],
      'how a program makes this phone answer: not at all (the person lifts the handset), NOTIFY talk, or auto-answer headers',
      'phone',
    ),
    protectedFromIntrusion: Type.Boolean({ default: false, description: 'nobody may intrude' }),
    passwordFromEnvironment: Type.Optional(
      Type.String({
        pattern: '^[A-Za-z_][A-Za-z0-9_]*$',
        description: 'variable with the SIP password; absent: it is in the secrets file',
      }),
    ),
  },
  'A SIP phone that registers here',
);

const AgentGroup = Section({ id: Id('agent group id'), name: Name('shown name') }, 'A set of agents');

const ServiceGroup = Section(
  {
    id: Id('service group id'),
    name: Name('shown name'),
    tenant: Type.Integer({ default: 1, description: 'tenant id' }),
    media: OneOf(['voice', 'email', 'sms', 'chat', 'openMedia'], 'what it queues', 'voice'),
    numbers: List(DialNumber('a number'), 'numbers that callers dial', 1_000),
    priority: Type.Integer({ minimum: 1, maximum: 10, default: 5, description: '1 is first, 10 is last' }),
    agentGroups: List(Type.Integer(), 'ids of the agent groups that serve it', 1_000),
    skill: Type.String({
      default: '',
      maxLength: 100,
      description: "agents with the best level of it come first; '' = the longest idle",
    }),
    ringSeconds: Seconds('an offered call goes back to the queue after this', 20, 300, 1),
    clericalSeconds: Seconds('clerical time after a call; 0 = none', 30, 900),
    extendClericalSeconds: Seconds('what ExtendClerical adds; 0 = the clerical time', 0, 900),
    rejectSetsNotReady: Type.Boolean({
      default: false,
      description: 'an agent who rejects is set Not Ready',
    }),
    dispatch: OneOf(
      ['push', 'pick', 'mixed'],
      'calls are offered to agents, or picked by them, or both',
      'mixed',
    ),
    personalSeconds: Seconds('a personal call is its owner’s alone for so long', 60, 3_600, 1),
    cqCodes: List(Type.Integer(), 'ids of the CQ codes of this group', 1_000),
    record: OneOf(
      ['never', 'onRequest', 'always'],
      'whether its calls are recorded: when an agent asks, or unasked',
      'onRequest',
    ),
    recordingAnnouncement: Type.String({
      default: '',
      maxLength: 200,
      pattern: '^[A-Za-z0-9._-]*$',
      description: "sound file that those in the call hear when its recording begins; '' = none",
    }),
    greeting: Type.String({
      default: '',
      maxLength: 200,
      pattern: '^[A-Za-z0-9._-]*$',
      description: "sound file that a caller hears first, without ending; '' = none",
    }),
    music: Type.String({
      default: 'default',
      pattern: '^[A-Za-z0-9._-]{1,100}$',
      description: 'music class while waiting',
    }),
    waiting: Type.Optional(WaitingTreatment),
    openingHours: Type.Optional(Name('name of opening hours; absent: always open')),
    closedFlow: Type.Optional(
      Name('name of the flow that callers get while it is closed; absent: they are cleared'),
    ),
  },
  'A queue',
);

const Reason = Section(
  { id: Id('reason id'), name: Name('shown name') },
  'Why an agent is Not Ready; 0 and below are the system’s own',
);

const CqCode = Section(
  { id: Id('CQ code id'), code: Name('what an agent enters'), name: Name('shown name') },
  'A call qualification code',
);

const Template = Section(
  {
    id: Id('template id'),
    name: Name('shown name'),
    tenant: Type.Integer({ default: 1, description: 'tenant id' }),
    kind: OneOf(['email', 'sms', 'attendantEmail'], 'which form uses it'),
    subject: Type.String({ default: '', maxLength: 1_000, description: 'subject line' }),
    body: Type.String({ default: '', maxLength: 100_000, description: 'text' }),
  },
  'A prepared message',
);

const Translation = Section(
  {
    pattern: Type.String({
      minLength: 1,
      maxLength: 200,
      description:
        'regular expression over the number without spaces and punctuation; the first that matches wins',
    }),
    replacement: Type.String({ maxLength: 200, description: 'with $1 to $9 for groups' }),
  },
  'How a number that an agent dials is changed',
);

const Trunk = Section(
  {
    name: Name('for the log'),
    uri: Type.String({
      pattern: '^sips?:[^\\s@]*\\{number\\}[^\\s@]*@[^\\s@]+$',
      maxLength: 300,
      description:
        'SIP URI with {number}, to which calls to other numbers go; ;transport=tcp for TCP, ;transport=tls or sips: for TLS',
    }),
    proxy: Type.Optional(
      Type.String({
        pattern: '^(\\[[0-9A-Fa-f:.]+\\]|[A-Za-z0-9.-]+)(:[0-9]{1,5})?$',
        maxLength: 300,
        description: 'outbound proxy as host or host:port; absent: the host of uri',
      }),
    ),
    tls: Type.Optional(TrunkTls),
    addresses: List(
      Type.String({ pattern: '^[0-9A-Fa-f:.]{2,45}$' }),
      'further IP addresses that may call in without a password; those of uri or proxy may anyhow',
      100,
    ),
    anySourcePort: Type.Boolean({
      default: false,
      description: 'they may call from any port, not only from the one that they are called at',
    }),
    account: Type.Optional(
      Section(
        {
          user: Type.String({ pattern: '^[^\\s"<>@]{1,100}$', description: 'user name at the operator' }),
          passwordFromEnvironment: Type.Optional(
            Type.String({
              pattern: '^[A-Za-z_][A-Za-z0-9_]*$',
              description: 'variable with the password; absent: it is in the secrets file, under trunks',
            }),
          ),
          register: Type.Boolean({
            default: true,
            description: 'false: the operator knows where we are and only asks who we are',
          }),
          registerSeconds: Seconds('how long a registration is asked for', 600, 86_400, 60),
        },
        'An account with the operator',
      ),
    ),
    keepAliveSeconds: Seconds('OPTIONS so often, to know whether it is there; 0 = never', 60, 3_600),
    calledNumber: OneOf(
      ['requestUri', 'to'],
      'where its calls carry the number that was dialled',
      'requestUri',
    ),
    numbers: List(
      Translation,
      'the first pattern that matches says how a number is dialled here, none: another trunk; empty = all numbers as they are',
      100,
    ),
    mainNumber: Type.String({
      default: '',
      pattern: '^[0-9*#+]{0,32}$',
      description: "shown and asserted instead of an extension's; '' = the extension's own",
    }),
    mainName: Type.String({
      default: '',
      maxLength: 100,
      pattern: '^[^\\x00-\\x1f]*$',
      description: 'shown with it',
    }),
    showCallers: Type.Boolean({
      default: false,
      description: 'a call from outside that goes out again shows its caller, not the main number',
    }),
    anonymous: Type.Boolean({ default: false, description: 'calls show no number' }),
  },
  'A SIP peer outside',
);

const Timers = Section(
  {
    lostClientSeconds: Seconds('an agent whose application is gone is logged off after this', 60, 86_400, 1),
    outgoingRingSeconds: Seconds('an outgoing call that rings longer fails', 60, 600, 1),
    maximumClericalSeconds: Seconds('clerical time at most, extensions included', 900, 86_400),
    reservationSeconds: Seconds('what an agent has reserved is free again after this', 120, 3_600, 1),
    commonHoldSeconds: Seconds('a parked call is called back to who parked it after this', 60, 3_600, 1),
    failedCallSeconds: Seconds(
      'a phone that dialled hears why its call failed for so long, before it is refused; 0 = at once',
      20,
      120,
    ),
    outsideCallMinutes: Type.Integer({
      minimum: 1,
      maximum: 1_440,
      default: 120,
      description: 'outside parties that were transferred to each other talk so long at most',
    }),
    outsideWarningSeconds: Seconds('so long before it is over they hear a tone; 0 = none', 60, 3_600),
    recallSeconds: Seconds(
      'a transferred call that nobody answers rings again where it came from',
      30,
      600,
      1,
    ),
  },
  'Timers of the site',
);

const Sip = Section(
  {
    listen: Address('where phones register, UDP and TCP', '127.0.0.1:5060'),
    webSocket: Type.Optional(Address('where browser phones register (SIP over WebSocket); absent: nowhere')),
    webSocketOrigins: Type.Array(Type.String({ pattern: '^https?://[^/\\s]+$' }), {
      default: [],
      maxItems: 100,
      description:
        'pages whose browser phones may register, as https://host:port; empty: those of this machine',
    }),
    webSocketUrl: Type.Optional(
      Type.String({
        pattern: '^wss?://[^/\\s?#;,]+(/[^\\s?#;,]*)?$',
        maxLength: 256,
        description:
          'what pages are told of webSocket where a proxy with TLS stands before it, as wss://host:port',
      }),
    ),
    tls: Type.Optional(SipTls),
    realm: Type.String({
      default: 'cordboard',
      pattern: '^[A-Za-z0-9._-]{1,64}$',
      description: 'realm of the digest authentication',
    }),
    soundFolder: Folder('greetings and music, from the folder of this file', 'sounds'),
    recordingFolder: Folder('recordings, from the data folder', 'recordings'),
  },
  'The embedded call manager',
);

const Recordings = Section(
  {
    retentionDays: Type.Integer({
      minimum: 0,
      maximum: 36_500,
      default: 0,
      description: 'recordings are deleted so many days after they ended; 0 = kept',
    }),
  },
  'What becomes of recordings',
);

const Site = Section(
  {
    id: Id('site id (OASID)'),
    name: Name('site name (OASServerName)'),
    tenants: Type.Array(Tenant, {
      minItems: 1,
      maxItems: 1_000,
      default: [{ id: 1, name: 'Main' }],
      description: 'customers of this site; one called Main unless told',
    }),
    sip: Type.Unsafe<Static<typeof Sip>>({ ...Sip, default: {} }),
    users: List(User, 'people who log on'),
    extensions: List(Extension, 'phones'),
    agentGroups: List(AgentGroup, 'sets of agents', 1_000),
    serviceGroups: List(ServiceGroup, 'queues', 5_000),
    notReadyReasons: List(Reason, 'reasons for Not Ready', 1_000),
    cqCodes: List(CqCode, 'call qualification codes', 10_000),
    templates: List(Template, 'prepared messages', 10_000),
    numberTranslation: List(Translation, 'rules for numbers that agents dial', 200),
    emergencyNumbers: Type.Array(DialNumber('a number'), {
      default: ['112'],
      maxItems: 100,
      description: 'never translated',
    }),
    trunks: List(Trunk, 'ways to the outside, in the order in which they are tried', 100),
    anonymousCallPrefix: Type.String({
      default: '#31#',
      pattern: '^[0-9*#]{0,10}$',
      description: "a number dialled with this in front is called without showing one's own; '' = none",
    }),
    flows: List(Flow, 'ways that callers are led', 1_000),
    openingHours: List(OpeningHours, 'when somebody is there', 1_000),
    authentication: Type.Optional(Authentication),
    timers: Type.Unsafe<Static<typeof Timers>>({ ...Timers, default: {} }),
    monitorNotice: Type.Boolean({ default: false, description: 'agents see that somebody listens to them' }),
    recordings: Type.Unsafe<Static<typeof Recordings>>({ ...Recordings, default: {} }),
    tabs: Type.Unsafe<TabsSection>({ ...Tabs, default: {} }),
    pages: List(Page, 'what pages in tabs may do, by their origin', 100),
  },
  'A site: one routing loop with its call manager',
);

const Gateway = Section(
  {
    listen: Address('where applications log on, HTTP and WebSocket', '127.0.0.1:8480'),
    tls: Type.Optional(
      Section(
        {
          certificate: Type.String({ minLength: 1, maxLength: 1000, description: 'PEM file' }),
          key: Type.String({ minLength: 1, maxLength: 1000, description: 'PEM file' }),
        },
        'HTTPS; files named from the folder of this file',
      ),
    ),
    allowedOrigins: List(
      Type.String({ pattern: '^https?://[^\\s/]+$', maxLength: 300 }),
      'origins of web pages that may connect, beside the gateway’s own, like https://desk.example.com',
      100,
    ),
    web: Type.Unsafe<Static<typeof Web>>({ ...Web, default: {} }),
    observerTokenFromEnvironment: Type.Optional(
      Type.String({
        pattern: '^[A-Za-z_][A-Za-z0-9_]*$',
        description:
          'variable with the bearer token that opens /metrics and the details of /health from other machines; absent: only this machine sees them',
      }),
    ),
    allowPlainHttp: Type.Boolean({
      default: false,
      description: 'allows plain HTTP beyond loopback, for a proxy in front that does TLS',
    }),
  },
  'What Agent applications connect to',
);

export const ConfigurationFile = Type.Object(
  {
    gateway: Type.Unsafe<Static<typeof Gateway>>({ ...Gateway, default: {} }),
    dataFolder: Folder(
      'everything that the server writes, from the folder of this file; kept private',
      'data',
    ),
    secretsFile: Folder(
      'passwords, readable by the server’s user only; from the data folder',
      'secrets.yaml',
    ),
    createMissingSecrets: Type.Boolean({
      default: false,
      description: 'makes random passwords for users and extensions that have none, and writes them there',
    }),
    logLevel: OneOf(['error', 'warn', 'info', 'debug'], 'how much the server logs', 'info'),
    sites: Type.Array(Site, { minItems: 1, maxItems: 1_000, description: 'sites of this server' }),
  },
  { additionalProperties: false, title: 'Cordboard configuration' },
);

export type ConfigurationFile = Static<typeof ConfigurationFile>;
export type SiteSection = ConfigurationFile['sites'][number];
