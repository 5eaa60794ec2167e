import { make, makeButton } from '../pages/element.ts';
import type { Customer } from './customers.ts';
import type { Note } from './notes.ts';

/** Who is shown: a customer, or a number that nobody has. */
export interface Shown {
  number: string;
  /** as the network gave it, where the number is nobody's */
  callerName: string;
  customer: Customer | null;
}

export interface CardActions {
  dial(shown: Shown): void;
  saveNote(shown: Shown, text: string): void;
}

const dateOf = (at: number): string =>
  new Date(at).toLocaleString(undefined, { dateStyle: 'short', timeStyle: 'short' });

const entry = (when: string, text: string) =>
  make('li', {}, make('span', { class: 'quiet' }, when), make('span', {}, text));

const factsOf = ({ number, customer }: Shown) =>
  make(
    'dl',
    { class: 'facts' },
    ...(customer ? [make('dt', {}, 'Company'), make('dd', {}, customer.company)] : []),
    make('dt', {}, 'Number'),
    make('dd', {}, number),
    ...(customer ? [make('dt', {}, 'E-mail'), make('dd', {}, customer.email)] : []),
  );

const listOf = (title: string, entries: HTMLElement[], empty: string): HTMLElement[] => [
  make('h3', {}, title),
  entries.length === 0 ? make('p', { class: 'quiet' }, empty) : make('ul', { class: 'entries' }, ...entries),
];

/** The card of who is shown; a note that is being written stays when the same one is shown again. */
export const showCard = (
  card: HTMLElement,
  shown: Shown | null,
  notes: readonly Note[],
  actions: CardActions,
): void => {
  if (!shown) {
    card.replaceChildren(
      make('h2', {}, 'Nobody is shown'),
      make('p', { class: 'quiet' }, 'Who calls is shown here by itself. Or choose a customer from the list.'),
    );
    return;
  }
  const { number, customer, callerName } = shown;
  const isSame = card.dataset['number'] === number;
  const before = isSame ? card.querySelector('textarea') : null;
  const text = make('textarea', { id: 'note', maxlength: '2000' });
  text.value = before?.value ?? '';
  const hadFocus = before !== null && document.activeElement === before;
  const save = () => {
    if (text.value.trim() === '') return text.focus();
    const written = text.value.trim();
    text.value = '';
    actions.saveNote(shown, written);
  };
  text.addEventListener('keydown', event => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) save();
  });
  card.dataset['number'] = number;
  card.replaceChildren(
    make('h2', {}, customer?.name ?? (callerName === '' ? 'Unknown caller' : callerName)),
    ...(customer ? [] : [make('p', { class: 'quiet' }, 'No customer has this number.')]),
    factsOf(shown),
    make(
      'div',
      { class: 'note' },
      make('label', { for: 'note' }, 'Note'),
      text,
      make(
        'div',
        { class: 'row' },
        makeButton('Save note', save, { class: 'main' }),
        makeButton(`Call ${number}`, () => actions.dial(shown)),
      ),
    ),
    ...listOf(
      'Notes',
      notes.map(each => entry(dateOf(each.at), each.text)),
      'No notes yet.',
    ),
    ...listOf(
      'History',
      (customer?.history ?? []).map(each => entry(each.date, each.text)),
      'Nothing has happened yet.',
    ),
  );
  if (hadFocus) text.focus();
};
