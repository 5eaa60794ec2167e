/** Which file imports which: a map from each file to the files that it imports. */
export type Imports = ReadonlyMap<string, readonly string[]>;

/**
 * The groups of files that import each other in a circle, each sorted; no group where the arrows go one way.
 * These are the strongly connected components (Tarjan 1972) of more than one file.
 */
export const circlesOf = (imports: Imports): string[][] => {
  const order = new Map<string, number>();
  const lowest = new Map<string, number>();
  const open: string[] = [];
  const circles: string[][] = [];
  const visit = (file: string): number => {
    const mine = order.size;
    order.set(file, mine);
    open.push(file);
    let low = mine;
    for (const next of imports.get(file) ?? []) {
      if (!order.has(next)) low = Math.min(low, visit(next));
      else if (open.includes(next)) low = Math.min(low, lowest.get(next) ?? order.get(next) ?? low);
    }
    lowest.set(file, low);
    if (low === mine) {
      const circle = open.splice(open.indexOf(file));
      if (circle.length > 1) circles.push(circle.sort());
    }
    return low;
  };
  for (const file of imports.keys()) if (!order.has(file)) visit(file);
  return circles;
};
