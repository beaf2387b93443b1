/** The pause before the next reading, and whether to stop after that many readings. */
interface Looks {
  pause: () => Promise<unknown>;
  isOver: (looks: number) => boolean;
}

/** Reads a value until two readings in a row are quiet, or until isOver() says so. Returns the last value. */
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
