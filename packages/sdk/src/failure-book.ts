import { checkOf, isRefusalReason, type MethodName, OperationFailedValues } from '@cordboard/contract';
import type { OperationFailure } from './client-events.ts';

const check = checkOf(OperationFailedValues);
const remembered = 512;

/** Knows which method a request id was, so that a failure that comes later can be told with its method. */
export interface FailureBook {
  remember(id: number, method: MethodName): void;
  /** null: not a failure of this client's requests */
  read(values: unknown[]): OperationFailure | null;
}

export const createFailureBook = (clientId: string): FailureBook => {
  const asked = new Map<number, MethodName>();
  return {
    remember(id, method) {
      asked.set(id, method);
      asked.delete(id - remembered);
    },
    read(values) {
      if (check(values) !== null) return null;
      const [requestId, refusal] = values as OperationFailedValues;
      const [, client, number] = requestId.split(':');
      if (client !== clientId || !isRefusalReason(refusal.reason)) return null;
      const id = Number(number);
      return {
        method: asked.get(id) ?? null,
        requestId: id,
        reason: refusal.reason,
        ...(refusal.detail !== undefined && { detail: refusal.detail }),
      };
    },
  };
};
