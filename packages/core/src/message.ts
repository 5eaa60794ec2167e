import type { Place } from './agent/agent.ts';
import type { SiteConfiguration } from './configuration/configuration.ts';
import type { CallManagerInventory, CallManagerReport } from './ports/call-manager.ts';
import type { AgentId, SiteRequest, Time } from './site.ts';

/** What happens to a site: with it the loop asks the core to decide. */
export type SiteMessage = { at: Time } & (
  | { type: 'configure'; configuration: SiteConfiguration }
  /**
   * The gateway has checked the password. An agent who is logged on already changes to this client: the earlier one is out.
   * The application must attach within `lostClientSeconds`. An empty extension means the user's own.
   */
  | { type: 'logOn'; agentId: AgentId; extension: string; client: string; place?: Place }
  | { type: 'logOff'; agentId: AgentId }
  /** the agent's application is connected, or lost (log-off follows after `lostClientSeconds`) */
  | { type: 'clientAttached'; agentId: AgentId; client: string }
  | { type: 'clientLost'; agentId: AgentId; client: string }
  /** `requestId` is unique for ever: a request that comes again is answered as the first time and changes nothing */
  | { type: 'request'; agentId: AgentId; requestId: string; request: SiteRequest }
  /** `seq` numbers the reports of one call manager instance: one that was seen is ignored */
  | { type: 'report'; seq: number; report: CallManagerReport }
  /** the call manager is attached (again): what the state wants and what there is are compared */
  | { type: 'inventory'; inventory: CallManagerInventory; seq: number }
  /** some timer is due (see `nextDue`) */
  | { type: 'timersDue' }
);
