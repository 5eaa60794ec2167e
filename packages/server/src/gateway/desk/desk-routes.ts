import {
  type Answer,
  CallerHistoryRequest,
  checkOf,
  DirectoryRequest,
  deskQueries,
  type Route,
  refused,
} from '@cordboard/contract';
import type { DeskReads } from './desk-reads.ts';

const noParameters = () => null;

/** The routes of a broker connection for what windows ask; `agentId`: null until it is attached. */
export function deskRoutes(
  reads: DeskReads | undefined,
  agentId: () => number | null,
): Record<string, Route> {
  if (reads === undefined) return {};
  const asked =
    <Asked>(read: (agentId: number, asked: Asked) => Promise<Answer> | Answer) =>
    (parameters: Asked) => {
      const id = agentId();
      return id === null ? refused('notLoggedOn') : read(id, parameters);
    };
  return {
    [deskQueries.callerHistory]: { check: checkOf(CallerHistoryRequest), run: asked(reads.callerHistory) },
    [deskQueries.directory]: { check: checkOf(DirectoryRequest), run: asked(reads.directory) },
    [deskQueries.queueFigures]: { check: noParameters, run: asked(reads.queueFigures) },
  };
}
