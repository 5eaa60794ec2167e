/** What a heap can hold: each entry remembers its own place, so that it can be taken out from the middle. */
export interface HeapEntry {
  /** -1 = in no heap */
  heapIndex: number;
}

/**
 * The entries of a group in the order in which they are served. Adding, removing any entry and taking the first cost
 * O(log n). `before` must be a total order: then what comes first does not depend on the order of adding.
 */
export class IndexedHeap<Entry extends HeapEntry> {
  readonly #before: (left: Entry, right: Entry) => boolean;
  readonly #entries: Entry[] = [];

  constructor(before: (left: Entry, right: Entry) => boolean) {
    this.#before = before;
  }

  get size(): number {
    return this.#entries.length;
  }

  first(): Entry | undefined {
    return this.#entries[0];
  }

  /** in no particular order */
  values(): readonly Entry[] {
    return this.#entries;
  }

  add(entry: Entry): void {
    if (entry.heapIndex !== -1) throw new Error('the entry is in a heap already');
    this.#entries.push(entry);
    this.#rise(entry, this.#entries.length - 1);
  }

  remove(entry: Entry): void {
    const index = entry.heapIndex;
    if (this.#entries[index] !== entry) throw new Error('the entry is not in this heap');
    entry.heapIndex = -1;
    const last = this.#entries.pop();
    if (last === undefined || last === entry) return;
    const parent = this.#entries[(index - 1) >> 1];
    if (index > 0 && parent !== undefined && this.#before(last, parent)) this.#rise(last, index);
    else this.#sink(last, index);
  }

  #put(entry: Entry, index: number): void {
    this.#entries[index] = entry;
    entry.heapIndex = index;
  }

  #rise(entry: Entry, from: number): void {
    let index = from;
    while (index > 0) {
      const above = (index - 1) >> 1;
      const parent = this.#entries[above];
      if (parent === undefined || !this.#before(entry, parent)) break;
      this.#put(parent, index);
      index = above;
    }
    this.#put(entry, index);
  }

  #sink(entry: Entry, from: number): void {
    let index = from;
    for (;;) {
      const below = this.#firstChild(index);
      if (below === -1) break;
      const child = this.#entries[below];
      if (child === undefined || !this.#before(child, entry)) break;
      this.#put(child, index);
      index = below;
    }
    this.#put(entry, index);
  }

  #firstChild(index: number): number {
    const at = 2 * index + 1;
    const left = this.#entries[at];
    if (left === undefined) return -1;
    const right = this.#entries[at + 1];
    return right !== undefined && this.#before(right, left) ? at + 1 : at;
  }
}

/**
 * The first entry that is acceptable. Those passed over are taken out and put back: O(k log n) for k of them, and the
 * caller sees to it that they are few.
 */
export function firstAcceptable<Entry extends HeapEntry>(
  heap: IndexedHeap<Entry>,
  acceptable: (entry: Entry) => boolean,
): Entry | undefined {
  const first = heap.first();
  if (first === undefined || acceptable(first)) return first;
  const passed: Entry[] = [];
  let found: Entry | undefined = first;
  while (found !== undefined && !acceptable(found)) {
    passed.push(found);
    heap.remove(found);
    found = heap.first();
  }
  for (const each of passed) heap.add(each);
  return found;
}
