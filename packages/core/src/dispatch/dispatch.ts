import type { LegId } from '../ports/call-manager.ts';
import type { AgentId, Time } from '../site.ts';

/** What waits for somebody to pick it; the sources are 5.1 of the seed's section "Dispatch". */
export type ItemKind = 'personal' | 'commonHold' | 'voice';
/** What can be subscribed to: of the latter three nothing waits yet. */
export type SubscribedKind = ItemKind | 'email' | 'sms' | 'campaign';

/**
 * Something that waits, as those who pick see it. Its id becomes that of the session in which it is delivered.
 *
 *             +--reserve--> reserved --release, lease over, log-off--+
 *   waiting --+                |                                     +--> waiting
 *      |                       |
 *      +------- retrieved, routed, recalled, caller gone -------> gone
 */
export interface Item {
  id: number;
  kind: ItemKind;
  callId: number;
  tenantId: number;
  /** 0 = of no service group */
  groupId: number;
  since: Time;
  /** whose number was called; 0 = not personal */
  ownerId: AgentId;
  /** a personal call that is anybody's now; all others are */
  general: boolean;
  reservedBy: AgentId;
  /** the subscribers have heard of it; always, between two steps */
  told: boolean;
}

/** Where a call waits that is in no service group's queue. */
export interface Place {
  kind: Exclude<ItemKind, 'voice'>;
  /** who parked it, or whose number was called */
  agentId: AgentId;
  tenantId: number;
  groupId: number;
  since: Time;
  /** when it is anybody's, or is called back to who parked it */
  due: Time;
  general: boolean;
  /** of the session that was parked */
  service: { groupId: number; groupName: string; queueSeconds: number } | null;
  stage: { type: 'waiting'; itemId: number } | { type: 'offered'; sessionId: number };
}

/** What an agent's programs want to hear; by kind the groups or campaigns, 0 = all. */
export interface Subscriptions {
  /** of the agent, when he subscribed first */
  tenantId: number;
  enabled: boolean;
  kinds: Record<SubscribedKind, number[]>;
}

export interface Dispatch {
  items: Map<number, Item>;
  subscriptions: Map<AgentId, Subscriptions>;
  /** who is told of what: enabled and subscribed, by `keyOf`, in the order in which they came */
  audience: Map<string, Set<AgentId>>;
  /** derived: what waits, by `keyOf`, oldest first */
  waiting: Map<string, Set<Item>>;
  /** derived: what an agent has reserved, or owns alone */
  held: Map<AgentId, Set<Item>>;
}

export const createDispatch = (): Dispatch => ({
  items: new Map(),
  subscriptions: new Map(),
  audience: new Map(),
  waiting: new Map(),
  held: new Map(),
});

/** Of a group, or with 0 of all of a tenant's. */
export const keyOf = (kind: SubscribedKind, tenantId: number, groupId: number): string =>
  `${kind}:${tenantId}:${groupId}`;

/** Facts about what waits and who picks. */
export type DispatchEvent =
  | { type: 'dispatchSubscribed'; agentId: AgentId; kind: SubscribedKind; groupId: number; on: boolean }
  | { type: 'dispatchEnabled'; agentId: AgentId; on: boolean }
  | { type: 'itemReserved'; itemId: number; callId: number; agentId: AgentId; until: Time }
  | {
      type: 'itemReleased';
      itemId: number;
      callId: number;
      agentId: AgentId;
      cause: 'asked' | 'leaseOver' | 'loggedOff';
    }
  | { type: 'itemBecameGeneral'; itemId: number; callId: number; cause: 'timeOut' | 'loggedOff' }
  /** a call waits beside the queues: `origin` is the party that waits, `number` its; `sessionId` of who parked it, or 0 */
  | {
      type: 'callPlaced';
      callId: number;
      sessionId: number;
      itemId: number;
      origin: LegId;
      number: string;
      name: string;
      place: Omit<Place, 'stage'>;
      returned: boolean;
    }
  /** without being delivered */
  | { type: 'callUnplaced'; callId: number; itemId: number; cause: 'abandoned' | 'switchRestarted' }
  /** who parked it cannot be called back now */
  | { type: 'recallDeferred'; callId: number; due: Time };
