import type { CallPlan } from './plan.ts';

/**
 * How a customer behaves in a call. He knows the recordings of the site when he hears them, and that somebody has answered
 * when he hears them no longer; so does a person.
 *
 *   dialling --answered--> waiting --no recording any more--> talking --has said all--> leaving --> (hangs up)
 *      |                      |                                  | ^
 *      '---- patience ends ---'--> (hangs up)                    '-' on hold: hears music, and has patience
 */
export type Conduct = (Dialling | Waiting | Talking | Leaving) & {
  /** the recorded questions that he has answered, by when each began */
  answeredAt: number;
  menuDigits: readonly string[];
};
interface Dialling {
  type: 'dialling';
  since: number;
}
interface Waiting {
  type: 'waiting';
  since: number;
}
interface Talking {
  type: 'talking';
  since: number;
  /** when he will say something again */
  wordsAt: number;
}
interface Leaving {
  type: 'leaving';
  since: number;
}

/** The recording that he heard last. */
export interface Heard {
  name: string;
  /** ms */
  begunAt: number;
  lastAt: number;
}

export interface Perceived {
  now: number;
  /** the phone is connected, if only to a recording */
  up: boolean;
  heard: Heard | null;
}

/** What he does next. */
export type Act =
  | { type: 'press'; digits: string }
  | { type: 'say'; what: 'concern' | 'something' | 'goodBye' }
  | { type: 'hangUp'; because: 'noAnswer' | 'patience' | 'goodBye' };

/** Without a recording for so long somebody is there, ms. */
const quiet = 1500;
/** A question is over when it was not heard for so long, ms: who thinks presses later than it ends. */
const afterQuestion = 700;
/** Into the offer of a call-back he knows what it is about, ms. */
const intoOffer = 3000;
const betweenWords = 9000;
const goodByeTakes = 2500;
const ringsAtMost = 60_000;

/** What is asked, by name of the sound, and how it is answered. */
const questions = ['menu-main', 'invalid-choice', 'enter-pin'];

export const beginConduct = (plan: CallPlan, now: number): Conduct => ({
  type: 'dialling',
  since: now,
  answeredAt: 0,
  menuDigits: plan.menuDigits,
});

interface Step {
  conduct: Conduct;
  act: Act | null;
}

/** Null: he is asked nothing, or has answered it. */
const answerQuestion = (conduct: Conduct, plan: CallPlan, { heard, now }: Perceived): Step | null => {
  if (!heard || heard.begunAt === conduct.answeredAt) return null;
  const answered = { ...conduct, answeredAt: heard.begunAt };
  const press = (digits: string): Step => ({ conduct: answered, act: { type: 'press', digits } });
  if (heard.name === 'callback-offer')
    return plan.takesCallback && now - heard.begunAt >= intoOffer ? press('1') : null;
  if (!questions.includes(heard.name) || now - heard.lastAt < afterQuestion) return null;
  const [digit, ...others] = conduct.menuDigits;
  if (digit === undefined) return press(plan.code);
  return { ...press(digit), conduct: { ...answered, menuDigits: others } };
};

const isQuestion = (heard: Heard | null): boolean => heard !== null && questions.includes(heard.name);

const wait = (conduct: Conduct & Waiting, plan: CallPlan, perceived: Perceived): Step => {
  const { now, heard } = perceived;
  const recordedAt = heard?.lastAt ?? conduct.since;
  if (!isQuestion(heard) && now - recordedAt >= quiet)
    return {
      conduct: { ...conduct, type: 'talking', since: now, wordsAt: now + betweenWords },
      act: { type: 'say', what: 'concern' },
    };
  if (now - conduct.since > plan.patienceSeconds * 1000)
    return { conduct, act: { type: 'hangUp', because: 'patience' } };
  return { conduct, act: null };
};

const talk = (conduct: Conduct & Talking, plan: CallPlan, { now, heard }: Perceived): Step => {
  if (heard && now - heard.lastAt < quiet) {
    const isTooLong = now - heard.begunAt > plan.patienceSeconds * 1000;
    return { conduct, act: isTooLong ? { type: 'hangUp', because: 'patience' } : null };
  }
  if (plan.talkSeconds !== null && now - conduct.since > plan.talkSeconds * 1000)
    return { conduct: { ...conduct, type: 'leaving', since: now }, act: { type: 'say', what: 'goodBye' } };
  if (now < conduct.wordsAt) return { conduct, act: null };
  return { conduct: { ...conduct, wordsAt: now + betweenWords }, act: { type: 'say', what: 'something' } };
};

/** One moment of a call: what he does, and how he is from then on. */
export const stepConduct = (conduct: Conduct, plan: CallPlan, perceived: Perceived): Step => {
  const { now } = perceived;
  if (conduct.type === 'dialling') {
    if (perceived.up) return { conduct: { ...conduct, type: 'waiting', since: now }, act: null };
    return {
      conduct,
      act: now - conduct.since > ringsAtMost ? { type: 'hangUp', because: 'noAnswer' } : null,
    };
  }
  if (conduct.type === 'leaving')
    return {
      conduct,
      act: now - conduct.since > goodByeTakes ? { type: 'hangUp', because: 'goodBye' } : null,
    };
  const answered = answerQuestion(conduct, plan, perceived);
  if (answered) return answered;
  return conduct.type === 'waiting' ? wait(conduct, plan, perceived) : talk(conduct, plan, perceived);
};
