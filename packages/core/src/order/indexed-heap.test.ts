import fc from 'fast-check';
import { expect, test } from 'vitest';
import { firstAcceptable, type HeapEntry, IndexedHeap } from './indexed-heap.ts';

interface Entry extends HeapEntry {
  value: number;
}
const entry = (value: number): Entry => ({ value, heapIndex: -1 });
const heapOf = () => new IndexedHeap<Entry>((left, right) => left.value < right.value);

test('whatever is added and removed, the first is the least', () => {
  fc.assert(
    fc.property(fc.array(fc.record({ add: fc.boolean(), value: fc.nat(1000) })), acts => {
      const heap = heapOf();
      let inside: Entry[] = [];
      for (const { add, value } of acts) {
        if (add && !inside.some(each => each.value === value)) {
          const added = entry(value);
          heap.add(added);
          inside.push(added);
        } else {
          const removed = inside[value % Math.max(1, inside.length)];
          if (removed !== undefined) heap.remove(removed);
          inside = inside.filter(each => each !== removed);
        }
        const least = inside.reduce<number | undefined>(
          (found, each) => Math.min(found ?? each.value, each.value),
          undefined,
        );
        expect(heap.first()?.value).toBe(least);
        expect(heap.size).toBe(inside.length);
      }
    }),
  );
});

test('an entry is in one heap only, and only once', () => {
  const heap = heapOf();
  const only = entry(1);
  heap.add(only);
  expect(() => heap.add(only)).toThrow('in a heap already');
  expect(() => heapOf().remove(only)).toThrow('not in this heap');
});

test('the first acceptable one is found and nothing is lost on the way', () => {
  const heap = heapOf();
  for (const value of [5, 3, 4, 1, 2]) heap.add(entry(value));
  expect(firstAcceptable(heap, each => each.value > 3)?.value).toBe(4);
  expect(firstAcceptable(heap, () => false)).toBeUndefined();
  expect(heap.size).toBe(5);
  expect(heap.first()?.value).toBe(1);
});
