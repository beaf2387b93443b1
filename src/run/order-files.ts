/**
 * Merges lists of files into one list without duplicates. Each list has some of the files, in one common but unknown order.
 * A file comes after all files that precede it in any list. If several files are possible, or the lists contradict each other, the smallest
 * path comes first.
 */
export function orderFiles(lists: string[][]): string[] {
  const befores = new Map<string, Set<string>>();
  for (const list of lists) {
    const files = [...new Set(list)];
    for (const [place, file] of files.entries()) {
      const before = befores.get(file) ?? new Set();
      befores.set(file, place === 0 ? before : before.add(files[place - 1] ?? ''));
    }
  }
  const waiting = new Set([...befores.keys()].sort());
  const ordered: string[] = [];
  while (waiting.size > 0) {
    const free = [...waiting].find((file) => ![...(befores.get(file) ?? [])].some((before) => waiting.has(before)));
    const next = free ?? [...waiting][0] ?? '';
    waiting.delete(next);
    ordered.push(next);
  }
  return ordered;
}
