import { camelCase, events, everything, methods } from '@cordboard/contract';
import Type, { type Static } from 'typebox';
import { List, Name, OneOf, Section } from './schema-parts.ts';

/** The agents' windows: web tabs, and what pages in them may do. */

const Url = (description: string) =>
  Type.String({ pattern: '^https?://[^\\s/?#@\\\\{}]+([/?#][^\\s]*)?$', maxLength: 2_000, description });

const placement = OneOf(
  ['main', 'docked', 'floating'],
  'in the main strip of tabs, beside the work, or over it',
  'main',
);

const tab = {
  name: Name('shown name'),
  url: Url('http or https'),
  placement,
};

const placeholders =
  '{CallingNumber} {CalledNumber} {CallerName} {CallID} {GroupName} {GroupID} {AgentName} {LoginID} {Extension}, and IVR labels as {label} or {IVR:label}';

const Action = Section(
  {
    on: OneOf(['ringing', 'connected', 'ended'], 'when a call of the agent does so, the tab opens'),
    serviceGroup: Type.Integer({
      minimum: 0,
      default: 0,
      description: 'service group id; 0 = calls of any, and of none',
    }),
    name: Type.String({ minLength: 1, maxLength: 100, description: `shown name, with ${placeholders}` }),
    url: Url(
      `http or https, with ${placeholders}, percent-encoded; only after the host, which no value can change`,
    ),
    placement,
    select: Type.Boolean({ default: true, description: 'it comes to the front' }),
  },
  'A tab that opens by itself',
);

export const Tabs = Section(
  {
    default: Type.Optional(Section(tab, 'A tab for everybody')),
    personal: List(
      Section({ user: Type.Integer({ minimum: 1, description: 'agent id' }), ...tab }, 'A tab of one user'),
      'tabs of single users',
    ),
    groups: List(
      Section(
        { agentGroup: Type.Integer({ minimum: 1, description: 'agent group id' }), ...tab },
        'A tab of an agent group',
      ),
      'tabs of agent groups',
      1_000,
    ),
    actions: List(Action, 'tabs that open by themselves', 100),
  },
  'Web tabs in the agents’ windows',
);

const methodNames = [everything, ...methods.filter(each => each.tab).map(each => camelCase(each.name))];
const eventNames = [everything, ...events.filter(each => each.tab).map(each => each.name)];

export const Page = Section(
  {
    origin: Type.String({
      pattern: '^https?://[a-z0-9.:\\[\\]-]+$',
      maxLength: 300,
      description: 'whose pages: https://crm.example.com, in small letters, without a path or the usual port',
    }),
    methods: List(
      OneOf(methodNames, 'a method that pages may call, as scripts write it, or all'),
      'what they may ask for',
      100,
    ),
    events: List(OneOf(eventNames, 'an event by its documented name, or all'), 'what they are told', 100),
    withoutFields: List(
      Type.String({ pattern: '^([A-Za-z]{1,64}|IVR:.{1,256})$' }),
      'properties of the documented interface that reach them empty, like PhoneNumber or PrivateData; IVR fields as IVR:label',
      100,
    ),
    requestsPerSecond: Type.Integer({
      minimum: 1,
      maximum: 1_000,
      default: 20,
      description: 'more are refused',
    }),
  },
  'What pages of an origin may do in a tab; pages of others may do nothing',
);

export type TabsSection = Static<typeof Tabs>;
