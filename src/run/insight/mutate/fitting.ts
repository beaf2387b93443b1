/** Items in their order, of which the first ones are known to be right together. */
interface Items<Item> {
  before: Item[];
  next: Item[];
}

/**
 * Of the next items those that are right behind those before, and together. One that spoils all is left out like one that fails alone: it is
 * found by halves.
 * @param listFailing says which of these fail, and null where they cannot even be tried together
 * @returns with those before
 */
export async function findFitting<Item>(
  { before, next }: Items<Item>,
  listFailing: (all: Item[]) => Promise<Item[] | null>,
): Promise<Item[]> {
  if (next.length === 0) {
    return before;
  }
  const all = [...before, ...next];
  const failing = await listFailing(all);
  if (failing?.length === 0) {
    return all;
  }
  if (failing?.every((own) => next.includes(own))) {
    // One may leave something to a later one. So what remains is tried again.
    return findFitting({ before, next: next.filter((own) => !failing.includes(own)) }, listFailing);
  }
  if (next.length === 1) {
    return before;
  }
  const half = Math.ceil(next.length / 2);
  const fitting = await findFitting({ before, next: next.slice(0, half) }, listFailing);
  return findFitting({ before: fitting, next: next.slice(half) }, listFailing);
}
