import { constants, type Stats } from 'node:fs';
import { open, readlink } from 'node:fs/promises';

const BYTE_ORDER_MARK = '\uFEFF';

/** The text of a scenario file, and the file that it was read from. */
export interface ScenarioText {
  /** Without a byte order mark. */
  text: string;
  mark: '' | typeof BYTE_ORDER_MARK;
  stats: Stats;
}

/** Reads a scenario file again to change it. A symbolic link is not followed. */
export async function readAgain(file: string): Promise<ScenarioText | { problem: string }> {
  try {
    const handle = await open(file, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    try {
      const stats = await handle.stat();
      if (!stats.isFile()) {
        return { problem: 'it is no file' };
      }
      const all = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(await handle.readFile());
      const mark = all.startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK : '';
      return { text: all.slice(mark.length), mark, stats };
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ELOOP') {
      return { problem: `it is a symbolic link: run the file itself, ${await readlink(file).catch(() => '')}` };
    }
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}
