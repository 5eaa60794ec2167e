import type { LogonPlace } from '@cordboard/contract';
import type { StreamText } from '../site/stream-rings.ts';

export type EndReason = 'takenOver' | 'loggedOff' | 'shutDown';

/**
 * One Agent application at the broker:
 *
 *   connected --attach--> attaching --answered by the site--> attached --> closed
 *       |                     |                                  |
 *       +---- too late -------+---- token refused, broken -------+
 *
 * It sees its agent's items in order and without gap; where it would not, it is cut off and resumes.
 */
export interface BrokerConnection {
  readonly agentId: number | null;
  deliver(items: StreamText[]): void;
  /** the agent's logon has ended: the application is told, and the connection closed */
  endLogon(reason: EndReason, elsewhere?: LogonPlace): void;
  /** Called at every heartbeat: says something when nothing was said, gives up who says nothing. */
  beat(now: number): void;
  /** at once, without another word */
  cut(reason: string): void;
}
