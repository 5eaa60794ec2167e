import type { LogonPlace } from '@cordboard/contract';
import type { SiteState } from '@cordboard/core';

/** An agent who is logged on, as the gateway sees him. */
export interface PresentAgent {
  /** random name of his last logon: what was given out for another is worth nothing */
  logon: string;
  logonId: string;
  extension: string;
  privileges: readonly string[];
  /** he has asked to be logged off when his calls are over */
  isLeaving: boolean;
  hasSessions: boolean;
  /** where he logged on from; of a logon of an earlier release nobody knows */
  place: LogonPlace | null;
}

/** Who is there, by agent id; undefined while the site has no state. */
export type Presence = (agentId: number) => PresentAgent | null | undefined;

export const presenceIn =
  (read: () => SiteState | undefined): Presence =>
  agentId => {
    const state = read();
    if (state === undefined) return undefined;
    const agent = state.agents.get(agentId);
    const user = state.directory.users.get(agentId);
    if (agent === undefined || user === undefined || agent.presence.type === 'loggedOff') return null;
    const { client, extension } = agent.presence;
    return {
      logon: client.name,
      logonId: user.logonId,
      extension,
      privileges: user.privileges,
      isLeaving: agent.presence.type === 'leaving',
      hasSessions: agent.sessions.length > 0,
      place: client.place ? { ...client.place, since: new Date(client.place.since).toISOString() } : null,
    };
  };
