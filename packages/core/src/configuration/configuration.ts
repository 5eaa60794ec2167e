import type { ActionTab, ConfiguredTab, PageRights, Privilege } from '@cordboard/contract';
import type { Flow } from '../flow/flow.ts';
import type { OpeningHours } from '../flow/opening-hours.ts';
import type { Answering } from '../ports/call-manager.ts';
import type { WaitingTreatment } from '../waiting/waiting.ts';

/** What the routing loop knows of a site's configuration: plain data, journaled when it changes. Passwords are not here. */
export interface SiteConfiguration {
  /** OASID and OASServerName of the seed */
  site: { id: number; name: string };
  tenants: Tenant[];
  users: User[];
  extensions: Extension[];
  agentGroups: AgentGroup[];
  serviceGroups: ServiceGroup[];
  notReadyReasons: { id: number; name: string }[];
  cqCodes: { id: number; code: string; name: string }[];
  /** names of the prepared messages; absent = none */
  templates?: TemplateName[];
  numberTranslation: TranslationRule[];
  /** never translated */
  emergencyNumbers: string[];
  /** where numbers go that are neither an extension nor a service number: a SIP URI with `{number}`, or '' = nowhere */
  outsideUri: string;
  /** the call manager is given the number and finds the way; absent = it is given `outsideUri` with the number in it */
  outsideByNumber?: boolean;
  timers: SiteTimers;
  /** agents see that somebody listens to them; absent = no */
  monitorNotice?: boolean;
  flows?: Flow[];
  openingHours?: OpeningHours[];
  /** absent = there is none */
  authentication?: AuthenticationConfiguration;
  /** web tabs, and what pages in them may do; absent = there are none */
  window?: WindowConfiguration;
}

/** The agents' windows. Names and URLs of `actions` have placeholders, which the Agent application fills in. */
export interface WindowConfiguration {
  /** for everybody; absent = none */
  defaultTab?: WebTab;
  personal: (WebTab & { userId: number })[];
  groups: (WebTab & { agentGroup: number })[];
  actions: (Omit<ActionTab, 'group'> & {
    /** service group; 0 = any, and calls of none */
    serviceGroup: number;
  })[];
  pages: PageRights[];
}

export type WebTab = Omit<ConfiguredTab, 'kind'>;

export interface TemplateName {
  id: number;
  name: string;
  tenantId: number;
  kind: 'email' | 'sms' | 'attendantEmail';
}

export interface Tenant {
  id: number;
  name: string;
}

export interface User {
  /** the record id: RecordID of the seed, agent id everywhere else */
  id: number;
  logonId: string;
  name: string;
  tenantId: number;
  privileges: Privilege[];
  /** used when the logon names none; '' = must be named */
  extension: string;
  agentGroups: number[];
  /** level 1 (best) to 10 by skill name */
  skills: Record<string, number>;
  /** voice group in which calls to his number wait for him that he cannot take; absent or 0 = none */
  personalQueue?: number;
  /** they wait, too, when he is Not Ready; absent = no: his phone rings */
  personalWhenNotReady?: boolean;
  /** nobody may listen to him; absent = no */
  protectedFromMonitoring?: boolean;
}

export interface Extension {
  number: string;
  answering: Answering;
  protectedFromIntrusion: boolean;
}

export interface AgentGroup {
  id: number;
  name: string;
}

export interface ServiceGroup {
  id: number;
  name: string;
  tenantId: number;
  media: 'voice' | 'email' | 'sms' | 'chat' | 'openMedia';
  /** numbers that callers dial */
  numbers: string[];
  /** 1 (first) to 10 */
  priority: number;
  /** agents of these groups serve it */
  agentGroups: number[];
  /** agents with the best level of it come first; '' = longest idle only */
  skill: string;
  /** an offered call goes back to the queue after this */
  ringSeconds: number;
  /** 0 = none */
  clericalSeconds: number;
  /** what one ExtendClerical adds; 0 = the group's clericalSeconds */
  extendClericalSeconds: number;
  rejectSetsNotReady: boolean;
  /** calls are offered, or picked by agents, or both; absent = both */
  dispatch?: 'push' | 'pick' | 'mixed';
  /** a personal call is its owner's alone for so long; absent = 60 */
  personalSeconds?: number;
  cqCodes: number[];
  /** whether its calls are recorded; absent = when an agent asks for it */
  record?: 'never' | 'onRequest' | 'always';
  /** sound file for those whose voices are recorded; absent or '' = none */
  recordingAnnouncement?: string;
  /** sound file name, '' = none */
  greeting: string;
  /** music class */
  music: string;
  /** what happens beside that while a call waits */
  waiting?: WaitingTreatment;
  /** name of opening hours; absent = always open */
  openingHours?: string;
  /** name of the flow that callers get while it is closed; absent = they are cleared */
  closedFlow?: string;
}

export interface TranslationRule {
  /** a regular expression over the stripped number; first match wins */
  pattern: string;
  /** with $1 ... */
  replacement: string;
}

export interface SiteTimers {
  /** an agent whose application is gone is logged off after it */
  lostClientSeconds: number;
  /** an outgoing call that rings longer fails */
  outgoingRingSeconds: number;
  /** clerical state lasts at most this, extensions included */
  maximumClericalSeconds: number;
  /** a call that an agent rejected is not offered to him again before; absent = 10 */
  rejectRestSeconds?: number;
  /** what an agent has reserved is free again after it; absent = 120 */
  reservationSeconds?: number;
  /** a parked call is called back to who parked it after it; absent = 60 */
  commonHoldSeconds?: number;
  /** so long a phone that dialled hears why its call failed, before it is refused; absent = 20 */
  failedCallSeconds?: number;
  /** outside parties talk so long among themselves; absent = 120 */
  outsideCallMinutes?: number;
  /** so long before that time is over they are warned; 0 = not; absent = 60 */
  outsideWarningSeconds?: number;
  /** a transferred call that is not answered by then rings again where it came from; absent = 30 */
  recallSeconds?: number;
}

/** Customer authentication: deflecting to the number of it sends the customer into a flow, and the agent waits. */
export interface AuthenticationConfiguration {
  number: string;
  flow: string;
  /** so long an agent waits at most */
  timeoutSeconds: number;
  /** what becomes of a customer for whom nobody waits any more, when the flow ends */
  afterwards: 'requeue' | 'disconnect';
  /** the call's IVR field that gets `completed` or `failed`; '' = none */
  resultField: string;
}
