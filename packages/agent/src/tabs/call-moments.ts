import { type ActionTab, type ICall, SessionState } from '@cordboard/contract';

export type CallMoment = ActionTab['on'];

/** Tells the moments of calls at which Agent Actions open tabs, each once. */
export interface CallMoments {
  /** null: nothing begins with this state of the call */
  next(call: ICall): CallMoment | null;
}

const { Offered, Connected, Conference, Clerical, Idle } = SessionState;

const stageOf = ({ State, Incoming }: ICall): CallMoment | 'before' | 'gone' => {
  if (State === Offered) return Incoming ? 'ringing' : 'before';
  if (State === Connected || State === Conference) return 'connected';
  if (State === Clerical) return 'ended';
  return State === Idle ? 'gone' : 'before';
};

const rank = { before: 0, ringing: 1, connected: 2, ended: 3, gone: 4 } as const;

export const createCallMoments = (): CallMoments => {
  const reached = new Map<number, number>();
  return {
    next(call) {
      const stage = stageOf(call);
      const before = reached.get(call.ID) ?? 0;
      if (stage === 'gone') {
        reached.delete(call.ID);
        // a call that was never there for the agent did not end for him; clerical time was the end already
        return before > rank.before && before < rank.ended ? 'ended' : null;
      }
      if (stage === 'before' || rank[stage] <= before) return null;
      reached.set(call.ID, rank[stage]);
      return stage;
    },
  };
};
