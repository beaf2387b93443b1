/** When the next reading is made, and whether there is to be one more at all, after so many. */
interface Looks {
  pause: () => Promise<unknown>;
  isOver: (looks: number) => boolean;
}

/** Reads again and again, until two readings in a row say that it is quiet, or until it is over. Gives the last one. */
export async function readUntilQuiet<Reading>(
  read: () => Reading,
  isQuiet: (before: Reading, after: Reading) => boolean,
  { pause, isOver }: Looks,
): Promise<Reading> {
  let before = read();
  for (let looks = 0; !isOver(looks); looks++) {
    await pause();
    const after = read();
    if (isQuiet(before, after)) {
      return after;
    }
    before = after;
  }
  return before;
}
