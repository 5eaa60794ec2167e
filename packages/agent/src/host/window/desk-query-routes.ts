import {
  type Answer,
  CallerHistoryRequest,
  type Check,
  checkOf,
  DirectoryEntry,
  DirectoryRequest,
  deskQueries,
  EarlierCall,
  mostDirectoryEntries,
  mostEarlierCalls,
  QueueFigure,
  type Route,
  refused,
  Type,
} from '@cordboard/contract';

/** Asks the server; reads that need no request id of their own. */
export type QueryServer = (method: string, parameters: object) => Promise<Answer>;

const mostGroups = 10_000;
const anything = (): null => null;

/** What the window asks of the site beside the documented interface: handed on, and looked at when it comes back. */
export const deskQueryRoutes = (query: QueryServer): [name: string, route: Route][] => {
  const route = (name: string, check: Check, result: Check): [string, Route] => [
    name,
    {
      check,
      async run(parameters: object) {
        const answer = await query(name, parameters);
        if (!answer.ok || result(answer.value) === null) return answer;
        return refused('internalError', 'the server answered with a value of the wrong type');
      },
    },
  ];
  return [
    route(
      deskQueries.callerHistory,
      checkOf(CallerHistoryRequest),
      checkOf(Type.Array(EarlierCall, { maxItems: mostEarlierCalls })),
    ),
    route(
      deskQueries.directory,
      checkOf(DirectoryRequest),
      checkOf(Type.Array(DirectoryEntry, { maxItems: mostDirectoryEntries })),
    ),
    route(deskQueries.queueFigures, anything, checkOf(Type.Array(QueueFigure, { maxItems: mostGroups }))),
  ];
};
