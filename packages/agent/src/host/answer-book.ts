import type { Answer } from '@cordboard/contract';

/**
 * The answers that were given, by client and request number: a request that comes again after a break gets the answer of
 * the first time, and acts once.
 */
export interface AnswerBook {
  answer(clientId: string, id: number, act: () => Promise<Answer> | Answer): Promise<Answer>;
}

/** More than a client may have under way, so that nothing is forgotten that can come again. */
const answersKept = 1_024;
const clientsKept = 256;

export const createAnswerBook = (): AnswerBook => {
  const clients = new Map<string, Map<number, Promise<Answer>>>();

  const pageOf = (clientId: string): Map<number, Promise<Answer>> => {
    const page = clients.get(clientId) ?? new Map<number, Promise<Answer>>();
    // the client that was heard of last stands last
    clients.delete(clientId);
    clients.set(clientId, page);
    const [oldest] = clients.keys();
    if (clients.size > clientsKept && oldest !== undefined) clients.delete(oldest);
    return page;
  };

  return {
    answer(clientId, id, act) {
      const page = pageOf(clientId);
      const known = page.get(id);
      if (known) return known;
      const answer = Promise.resolve().then(act);
      page.set(id, answer);
      page.delete(id - answersKept);
      return answer;
    },
  };
};
