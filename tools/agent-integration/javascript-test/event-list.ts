import { make } from '../pages/element.ts';
import { clockTime, type EventLog, type LoggedEvent, summaryOf } from './event-log.ts';

/** No more are painted than anybody reads. */
const shown = 200;

const entryOf = (event: LoggedEvent): HTMLElement => {
  const head = make(
    'span',
    { class: 'event-head' },
    make('time', { class: 'quiet' }, clockTime(event.at)),
    make('strong', {}, event.name),
    make('span', { class: 'what' }, summaryOf(event)),
  );
  const entry = make('details', {}, make('summary', {}, head));
  entry.dataset['number'] = `${event.number}`;
  entry.addEventListener('toggle', () => {
    if (entry.open && entry.childElementCount === 1)
      entry.append(make('pre', {}, JSON.stringify(event.values, null, 2)));
  });
  return entry;
};

/** Shows the events that match, and keeps those open that somebody reads. */
export const showEvents = (list: HTMLElement, log: EventLog, filter: string): number => {
  const matching = log.matching(filter);
  const known = new Map([...list.children].map(each => [(each as HTMLElement).dataset['number'], each]));
  list.replaceChildren(
    ...matching.slice(0, shown).map(event => known.get(`${event.number}`) ?? entryOf(event)),
  );
  if (matching.length === 0)
    list.append(
      make('p', { class: 'quiet' }, log.size === 0 ? 'No event has come yet.' : 'No event matches.'),
    );
  return matching.length;
};
