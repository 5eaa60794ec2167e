import type { Answer, CallManagerInventory, Place, SiteConfiguration, SiteRequest } from '@cordboard/core';
import type { NumberedReport } from '../telephony/call-manager.ts';
import type { AttachOutcome } from './attached-stream.ts';

/** An agent whose password was checked logs on. */
export interface LogOnOfAgent {
  agentId: number;
  extension: string;
  client: string;
  /** where he does so */
  place?: Place;
}

/** What waits in the loop's mailbox. */
export type Entry =
  | {
      type: 'configure';
      configuration: SiteConfiguration;
      /** a site without any state needs it before all else; otherwise what happened meanwhile comes first */
      early: boolean;
      settle: (answer: Answer) => void;
    }
  | ({ type: 'logOn'; settle: (answer: Answer) => void } & LogOnOfAgent)
  | { type: 'logOff'; agentId: number; settle: (answer: Answer) => void }
  | {
      type: 'clientAttached';
      agentId: number;
      client: string;
      settle: (outcome: AttachOutcome) => void;
    }
  | { type: 'clientLost'; agentId: number; client: string }
  | {
      type: 'request';
      agentId: number;
      requestId: string;
      request: SiteRequest;
      settle: (answer: Answer) => void;
    }
  | { type: 'report'; instance: string; report: NumberedReport }
  /** a leg that a refused command wanted does not exist: told to the core as a report, which has no number of the call manager */
  | { type: 'legRefused'; leg: string }
  | { type: 'inventory'; inventory: CallManagerInventory; seq: number }
  | { type: 'timersDue' };

/** What comes through while the loop does not yet know what happened in its absence. */
export const isUrgent = (entry: Entry): boolean =>
  entry.type === 'configure' ? entry.early : isFromCallManager(entry);

export const isFromCallManager = (entry: Entry): boolean =>
  entry.type === 'report' || entry.type === 'legRefused' || entry.type === 'inventory';
