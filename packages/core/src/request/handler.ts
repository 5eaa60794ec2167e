import type { NamedArgumentsOf, RefusalReason, SiteMethodName } from '@cordboard/contract';
import type { Agent } from '../agent/agent.ts';
import type { Turn } from '../turn.ts';

/** Null = accepted; a value = accepted with this as the result. */
export type Verdict = RefusalReason | { value: unknown } | null;

export interface Asked<Name extends SiteMethodName> {
  turn: Turn;
  agent: Agent;
  arguments: NamedArgumentsOf<Name>;
  requestId: string;
}

export type Handler<Name extends SiteMethodName> = (asked: Asked<Name>) => Verdict;
