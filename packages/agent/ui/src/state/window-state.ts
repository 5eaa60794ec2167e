import type { AgentSnapshot, DeskStatus, ICall, ICQCode, RefusalReason } from '@cordboard/contract';
import { applyEvent } from '../../../src/model/replica.ts';
import type { CallActionName } from './call-actions.ts';
import { type Shortcuts, usualShortcuts } from './shortcuts.ts';

/**
 * What the window shows. Everything in it came from the application; the reducer puts it in its place and derives nothing
 * that the site decides.
 *
 *                desk connection opens           logged on               first snapshot
 *   connecting ─────────────────────► logged off ─────────► starting ──────────────────► working
 *        ▲  broken, trying again           ▲        logged off              │
 *        └───────── lost ◄─────────────────┴────────────────────────────────┘
 */
export interface WindowState {
  /** the connection to the application: `denied` = this page has no token that it takes */
  application: 'connecting' | 'open' | 'lost' | 'denied';
  status: DeskStatus | null;
  /** null until the first snapshot */
  agent: Readonly<AgentSnapshot> | null;
  /** of the events' connection: it is being made again */
  catchingUp: boolean;
  /** the session in the middle; null = the one that needs attention first */
  chosen: number | null;
  /** since when each call is in its state, by the clock of this machine */
  stateSince: Readonly<Record<number, { state: number; at: number }>>;
  /** since when the agent is Ready or Not Ready for the reason of now */
  readySince: { key: string; at: number } | null;
  /** qualification codes that sessions have, as far as they were asked for */
  codes: Readonly<Record<number, readonly ICQCode[]>>;
  /** private data that the agent has written and not saved, by call: it outlasts whatever comes to the middle */
  drafts: Readonly<Record<number, string>>;
  /** the button of a session that waits for a number or for digits */
  asking: { callId: number; action: CallActionName } | null;
  /** the keys of this user */
  shortcuts: Shortcuts;
  /** whom he spoke to or missed, the last first */
  recent: readonly RecentCall[];
  notices: readonly Notice[];
}

/** A call that is over, to be called again. */
export interface RecentCall {
  number: string;
  name: string;
  incoming: boolean;
  answered: boolean;
  at: number;
}

/** What the agent must be told. */
export interface Notice {
  number: number;
  /** what was asked; null where nobody here asked */
  method: string | null;
  reason: RefusalReason | string;
  detail: string;
}

export type Action =
  | { type: 'application'; application: WindowState['application'] }
  | { type: 'status'; status: DeskStatus }
  | { type: 'snapshot'; snapshot: AgentSnapshot; now: number }
  | { type: 'event'; event: string; values: readonly unknown[]; now: number }
  | { type: 'catchingUp'; catchingUp: boolean }
  | { type: 'chosen'; callId: number | null }
  | { type: 'codes'; callId: number; codes: readonly ICQCode[] }
  | { type: 'asking'; asking: WindowState['asking'] }
  | { type: 'shortcuts'; shortcuts: Shortcuts }
  | { type: 'drafted'; callId: number; text: string | null }
  | { type: 'refused'; method: string | null; reason: string; detail: string }
  | { type: 'dismissed'; number: number };

/** Nobody is logged on: what is known of an agent and his sessions. */
const noAgent = {
  agent: null,
  catchingUp: false,
  chosen: null,
  stateSince: {},
  readySince: null,
  codes: {},
  drafts: {},
  recent: [],
  asking: null,
  shortcuts: usualShortcuts,
} as const satisfies Partial<WindowState>;

export const initialState: WindowState = {
  application: 'connecting',
  status: null,
  notices: [],
  ...noAgent,
};

/** More than anybody reads: the oldest go. */
const noticesKept = 5;

/** As many as are seen at once. */
const recentKept = 8;

/** Those that are over come first; of a number its last call. */
const recentAfter = (
  recent: readonly RecentCall[],
  before: readonly ICall[],
  after: readonly ICall[],
  now: number,
): readonly RecentCall[] => {
  const over = before
    .filter(call => call.PhoneNumber !== '' && !after.some(each => each.ID === call.ID))
    .map(call => ({
      number: call.PhoneNumber,
      name: call.CallerName,
      incoming: call.Incoming,
      answered: call.ConnectedTime !== null,
      at: now,
    }));
  if (over.length === 0) return recent;
  const numbers = new Set(over.map(each => each.number));
  return [...over, ...recent.filter(each => !numbers.has(each.number))].slice(0, recentKept);
};

const readyKey = ({ user }: Readonly<AgentSnapshot>): string =>
  `${user.ReadyStatus}:${user.VoiceNotReadyReasonID}`;

/** The agent's state is another: what has lasted on goes on lasting. */
const withAgent = (state: WindowState, agent: Readonly<AgentSnapshot>, now: number): WindowState => {
  if (agent === state.agent) return state;
  if (state.agent && agent.calls === state.agent.calls && readyKey(agent) === state.readySince?.key)
    return { ...state, agent };
  const stateSince = Object.fromEntries(
    agent.calls.map(call => {
      const known = state.stateSince[call.ID];
      return [call.ID, known?.state === call.State ? known : { state: call.State, at: now }];
    }),
  );
  const key = readyKey(agent);
  const isThere = (id: string | number) => agent.calls.some(call => call.ID === Number(id));
  return {
    ...state,
    agent,
    stateSince,
    readySince: state.readySince?.key === key ? state.readySince : { key, at: now },
    codes: Object.fromEntries(Object.entries(state.codes).filter(([id]) => isThere(id))),
    drafts: Object.fromEntries(Object.entries(state.drafts).filter(([id]) => isThere(id))),
    recent: recentAfter(state.recent, state.agent?.calls ?? [], agent.calls, now),
    asking: state.asking && isThere(state.asking.callId) ? state.asking : null,
    chosen: state.chosen !== null && isThere(state.chosen) ? state.chosen : null,
  };
};

const withoutAgent = (state: WindowState): WindowState => ({ ...state, ...noAgent });

export const reduce = (state: WindowState, action: Action): WindowState => {
  switch (action.type) {
    case 'application':
      return { ...state, application: action.application };
    case 'status':
      return action.status.ready
        ? { ...state, status: action.status }
        : { ...withoutAgent(state), status: action.status };
    case 'snapshot':
      return withAgent(state, action.snapshot, action.now);
    case 'event':
      return state.agent
        ? withAgent(state, applyEvent(state.agent, action.event, action.values), action.now)
        : state;
    case 'catchingUp':
      return { ...state, catchingUp: action.catchingUp };
    case 'chosen':
      return { ...state, chosen: action.callId };
    case 'codes':
      return { ...state, codes: { ...state.codes, [action.callId]: action.codes } };
    case 'asking':
      return { ...state, asking: action.asking };
    case 'shortcuts':
      return { ...state, shortcuts: action.shortcuts };
    case 'drafted': {
      const { [action.callId]: _before, ...others } = state.drafts;
      const drafts = action.text === null ? others : { ...others, [action.callId]: action.text };
      // who writes in a session has chosen it: another that comes does not take its place
      return { ...state, drafts, chosen: action.callId };
    }
    case 'refused': {
      const { method, reason, detail } = action;
      const number = (state.notices.at(-1)?.number ?? 0) + 1;
      return {
        ...state,
        notices: [...state.notices, { number, method, reason, detail }].slice(-noticesKept),
      };
    }
    case 'dismissed':
      return { ...state, notices: state.notices.filter(each => each.number !== action.number) };
  }
};

/** Ringing first, then who is spoken to, then what must be finished. */
const attention: Readonly<Record<number, number>> = {
  3: 0,
  6: 1,
  10: 1,
  2: 2,
  4: 2,
  [-1]: 3,
  8: 4,
  9: 4,
  99: 5,
};

/** The session in the middle: the chosen one, or the one that needs attention first. */
export const callInFocus = ({ agent, chosen }: WindowState): ICall | null => {
  const calls = agent?.calls ?? [];
  const found = calls.find(call => call.ID === chosen);
  if (found) return found;
  const rank = (call: ICall) => attention[call.State] ?? 6;
  return [...calls].sort((a, b) => rank(a) - rank(b))[0] ?? null;
};
