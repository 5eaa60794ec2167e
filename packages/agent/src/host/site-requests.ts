import {
  type Answer,
  findMethod,
  type MethodName,
  methodChecks,
  type Privilege,
  refused,
} from '@cordboard/contract';
import type { Asker } from './client-connection.ts';

export interface SiteRequestsOptions {
  /** names this run of the application; the first part of every request id */
  instance: string;
  /** null: nobody is logged on */
  privileges(): readonly string[] | null;
  request(method: string, parameters: object, requestId: string): Promise<Answer>;
}

export const missingPrivilege = (privileges: readonly string[], needed: Privilege | null): Answer | null =>
  needed === null || privileges.includes(needed) ? null : refused('missingPrivilege', needed);

/** Hands requests that the site answers to the site, and looks at what comes back. */
export const createSiteRequests =
  (options: SiteRequestsOptions) =>
  async (asker: Asker, method: MethodName, parameters: object): Promise<Answer> => {
    const privileges = options.privileges();
    if (!privileges) return refused('notLoggedOn');
    const missing = missingPrivilege(privileges, findMethod(method)?.privilege ?? null);
    if (missing) return missing;
    const requestId = `${options.instance}:${asker.clientId}:${asker.requestId}`;
    const answer = await options.request(method, parameters, requestId);
    if (!answer.ok || methodChecks(method)?.result(answer.value) === null) return answer;
    return refused('internalError', 'the site answered with a value of the wrong type');
  };
