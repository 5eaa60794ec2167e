/** What an agent wrote of a customer. */
export interface Note {
  /** ms since 1970 */
  at: number;
  text: string;
}

/** Notes by number, the newest first, kept in the browser. */
export interface Notes {
  of(number: string): Note[];
  /** False: the browser keeps nothing for this page. */
  add(number: string, note: Note): boolean;
}

const perCustomer = 50;

const isNote = (value: unknown): value is Note =>
  typeof value === 'object' &&
  value !== null &&
  'at' in value &&
  typeof value.at === 'number' &&
  'text' in value &&
  typeof value.text === 'string';

const keyOf = (number: string): string => `sample-crm.notes.${number}`;

export const createNotes = (storage: Pick<Storage, 'getItem' | 'setItem'>): Notes => {
  const of = (number: string): Note[] => {
    try {
      const kept: unknown = JSON.parse(storage.getItem(keyOf(number)) ?? '[]');
      return Array.isArray(kept) ? kept.filter(isNote) : [];
    } catch {
      // somebody else's, or nothing may be read here
      return [];
    }
  };
  return {
    of,
    add(number, note) {
      try {
        storage.setItem(keyOf(number), JSON.stringify([note, ...of(number)].slice(0, perCustomer)));
        return true;
      } catch {
        // full, or not allowed
        return false;
      }
    },
  };
};
