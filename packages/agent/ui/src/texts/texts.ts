import { type ICall, isRefusalReason } from '@cordboard/contract';
import { english, type Texts } from './english.ts';
import { german } from './german.ts';

/** The first of the reader's languages that there is; English else. */
export const textsFor = (languages: readonly string[]): Texts => {
  for (const each of languages) {
    const [language] = each.toLowerCase().split('-');
    if (language === 'de') return german;
    if (language === 'en') return english;
  }
  return english;
};

export const reasonText = (texts: Texts, reason: string): string =>
  isRefusalReason(reason) ? texts.reasons[reason] : reason;

/** Why nobody is logged on: a reason of the logon service, or a sentence of the application. */
export const problemText = (texts: Texts, problem: string): string =>
  Object.hasOwn(texts.problems, problem)
    ? texts.problems[problem as keyof Texts['problems']]
    : reasonText(texts, problem);

/** The state of a session; where its description says more (that the customer identifies himself, that a number is busy), that. */
export const stateText = (
  texts: Texts,
  { State, StateDescription }: Pick<ICall, 'State' | 'StateDescription'>,
): string =>
  (Object.hasOwn(texts.descriptions, StateDescription)
    ? texts.descriptions[StateDescription]
    : texts.states[State]) ?? StateDescription;

const two = (value: number): string => `${value}`.padStart(2, '0');

/** 75,000 ms = `1:15` */
export const duration = (milliseconds: number): string => {
  const seconds = Math.max(0, Math.floor(milliseconds / 1_000));
  const hours = Math.floor(seconds / 3_600);
  const rest = `${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return hours > 0 ? `${hours}:${rest}` : rest.replace(/^0/, '');
};

export const timeOfDay = (moment: string | null, languages: readonly string[]): string =>
  moment === null ? '' : new Date(moment).toLocaleTimeString([...languages]);

/** The reader's own way to write the language of these texts: British hours are not American ones. */
export const localeOf = ({ language }: Pick<Texts, 'language'>, languages: readonly string[]): string =>
  languages.find(each => each.toLowerCase().split('-')[0] === language) ?? language;

/** Today only the time, else the day too. */
export const dayAndTime = (moment: string | null, locale: string): string => {
  if (moment === null) return '';
  const at = new Date(moment);
  const time = at.toLocaleTimeString(locale, { hour: '2-digit', minute: '2-digit' });
  if (at.toDateString() === new Date().toDateString()) return time;
  return `${at.toLocaleDateString(locale, { day: '2-digit', month: '2-digit', year: 'numeric' })} ${time}`;
};

/** What became of what the agent asked, in words; what he did not ask by a button has none. */
export const methodText = (texts: Texts, method: string | null): string =>
  method !== null && Object.hasOwn(texts.workspace.methods, method)
    ? texts.workspace.methods[method as keyof Texts['workspace']['methods']]
    : texts.notices.refused;
