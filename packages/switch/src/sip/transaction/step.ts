/** What a transaction machine asks its driver to do, as data. */
export type Effect<Timer extends string> =
  /** the request or response that the machine keeps, again */
  | { type: 'send' }
  /** the ACK of a final response other than 2xx (RFC 3261 §17.1.1.3) */
  | { type: 'sendAck' }
  /** hand the response that was just received to the user of the transaction */
  | { type: 'deliver' }
  /** tell the user that nothing came (timers B, F, H) */
  | { type: 'timeout' }
  | { type: 'start'; timer: Timer; milliseconds: number }
  | { type: 'stop'; timer: Timer };

export interface Step<State, Timer extends string> {
  state: State;
  effects: Effect<Timer>[];
}
