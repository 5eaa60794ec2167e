export interface Due {
  at: number;
  /** among equals the one that was set first comes first */
  order: number;
}

/** A binary heap: the earliest is found at once, setting costs O(log n). */
export interface DueHeap<Item extends Due> {
  readonly size: number;
  first(): Item | undefined;
  push(item: Item): void;
  pop(): Item | undefined;
}

const before = (left: Due, right: Due): boolean =>
  left.at < right.at || (left.at === right.at && left.order < right.order);

export const createDueHeap = <Item extends Due>(): DueHeap<Item> => {
  const items: Item[] = [];

  const swap = (left: number, right: number) => {
    const kept = items[left] as Item;
    items[left] = items[right] as Item;
    items[right] = kept;
  };

  const rise = (from: number) => {
    let index = from;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (!before(items[index] as Item, items[parent] as Item)) return;
      swap(index, parent);
      index = parent;
    }
  };

  const sink = () => {
    let index = 0;
    for (;;) {
      let least = index;
      for (const child of [2 * index + 1, 2 * index + 2]) {
        if (child < items.length && before(items[child] as Item, items[least] as Item)) least = child;
      }
      if (least === index) return;
      swap(index, least);
      index = least;
    }
  };

  return {
    get size() {
      return items.length;
    },
    first: () => items[0],
    push(item) {
      items.push(item);
      rise(items.length - 1);
    },
    pop() {
      const top = items[0];
      const last = items.pop();
      if (last !== undefined && items.length > 0) {
        items[0] = last;
        sink();
      }
      return top;
    },
  };
};
