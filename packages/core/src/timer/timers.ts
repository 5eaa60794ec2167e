import { type HeapEntry, IndexedHeap } from '../order/indexed-heap.ts';
import type { Time } from '../site.ts';

/**
 * What can become due, and for which agent, session or call:
 * - `ring`: a service call was offered too long (session)
 * - `failed`: the phone of a failed call has heard its tone long enough (session)
 * - `clerical`: wrap-up is over (session)
 * - `lostClient`: the agent's application did not come back (agent)
 * - `rest`: an agent who rejected a waiting call may get it again (call)
 * - `recall`: a transferred call was not answered (call)
 * - `flow`: a step of a flow is over (call)
 * - `authentication`: an agent has waited too long for his customer (call)
 * - `announcement`: a waiting caller is told where he stands (call)
 * - `overflow`: a call has waited too long in its group alone (call)
 * - `callbackRetry`: a customer who was not reached may be called again (call)
 * - `callbackExpiry`: nobody is to be called back any more (call)
 * - `outside`: outside parties have talked long enough without anybody of the house (call)
 * - `outsideWarning`: they are told that they will soon have (call)
 * - `place`: a personal call is anybody's, or a parked one is called back (call)
 * - `reservation`: an agent has reserved something for too long (item)
 * - `realTime`: the figures of a group may be told again (group)
 */
export type TimerType =
  | 'ring'
  | 'clerical'
  | 'failed'
  | 'lostClient'
  | 'rest'
  | 'recall'
  | 'flow'
  | 'authentication'
  | 'announcement'
  | 'overflow'
  | 'callbackRetry'
  | 'callbackExpiry'
  | 'outside'
  | 'outsideWarning'
  | 'place'
  | 'reservation'
  | 'realTime';

export interface Timer {
  type: TimerType;
  /** of the session, agent or call */
  id: number;
  due: Time;
  /** those due at the same moment fire in the order in which they were set */
  order: number;
}

interface TimerEntry extends Timer, HeapEntry {}

const keyOf = (type: TimerType, id: number): string => `${type}:${id}`;

/** All timers of a site. They are data: what is due is asked, nothing fires by itself. */
export class Timers {
  readonly #byKey = new Map<string, TimerEntry>();
  readonly #heap = new IndexedHeap<TimerEntry>(
    (left, right) => left.due < right.due || (left.due === right.due && left.order < right.order),
  );

  /** sets a timer, or sets it anew */
  set(timer: Timer): void {
    this.cancel(timer.type, timer.id);
    const entry = { type: timer.type, id: timer.id, due: timer.due, order: timer.order, heapIndex: -1 };
    this.#byKey.set(keyOf(timer.type, timer.id), entry);
    this.#heap.add(entry);
  }

  cancel(type: TimerType, id: number): void {
    const key = keyOf(type, id);
    const entry = this.#byKey.get(key);
    if (entry === undefined) return;
    this.#byKey.delete(key);
    this.#heap.remove(entry);
  }

  has(type: TimerType, id: number): boolean {
    return this.#byKey.has(keyOf(type, id));
  }

  next(): Readonly<Timer> | null {
    return this.#heap.first() ?? null;
  }

  save(): Timer[] {
    return [...this.#byKey.values()]
      .map(({ type, id, due, order }) => ({ type, id, due, order }))
      .sort((left, right) => left.order - right.order);
  }
}
