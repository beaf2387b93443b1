import type { CommandName } from '../../kernel/process/find-command.js';
import type { CommandRunner } from '../../kernel/process/run-command.js';
import { CommandError } from '../../model/errors.js';

/**
 * The number of lines in a piece at the first attempt. Without real root the kernel accepts some 700 simple rules in one netlink message,
 * fewer if they are long. It refuses more with EMSGSIZE (netlink_sendmsg, net/netlink/af_netlink.c): iptables-nft may not enlarge the
 * socket's send buffer.
 */
const FIRST_SIZE = 500;
const TOO_LONG = 'Message too long';

const KEEPING = ['--noflush'];

/** Passes a text to a restore command: the whole text if the kernel accepts it, otherwise pieces, which get smaller until it does. */
export function runRestore(command: CommandName, restore: string, commands: CommandRunner): void {
  if (fits(() => commands.feed(command, [], restore))) {
    return;
  }
  for (let size = FIRST_SIZE; ; size = Math.floor(size / 2)) {
    const isLast = size === 1;
    if (fits(() => runChunks(command, splitRestore(restore, size), commands), isLast)) {
      return;
    }
  }
}

/**
 * Passes a text to a restore command, so that the tables keep what they have. The command commits one table after the other. A text that the
 * kernel refuses could have changed some tables, so each table is a text of its own. It is divided until the kernel accepts its parts.
 */
export function runAddition(command: CommandName, restore: string, commands: CommandRunner): void {
  const [tables, lines] = readSections(restore);
  const add = (table: string, own: string[]): void => {
    const isLast = own.length <= 1;
    if (!fits(() => commands.feed(command, KEEPING, [table, ...own, 'COMMIT', ''].join('\n')), isLast)) {
      const middle = Math.ceil(own.length / 2);
      add(table, own.slice(0, middle));
      add(table, own.slice(middle));
    }
  };
  for (const table of tables) {
    add(
      table,
      lines.flatMap((section) => (section.table === table ? [section.line] : [])),
    );
  }
}

function runChunks(command: CommandName, chunks: string[], commands: CommandRunner): void {
  for (const [place, chunk] of chunks.entries()) {
    commands.feed(command, place === 0 ? [] : KEEPING, chunk);
  }
}

/**
 * Whether the kernel accepts messages of this size.
 * @throws every other failure; EMSGSIZE too if isLast
 */
function fits(run: () => unknown, isLast = false): boolean {
  try {
    run();
    return true;
  } catch (error) {
    if (isLast || !(error instanceof CommandError) || !error.message.includes(TOO_LONG)) {
      throw error;
    }
    return false;
  }
}

interface Section {
  table: string;
  line: string;
}

/**
 * Splits the input of iptables-restore into several texts.
 * - The first text names every table, which empties the tables.
 * - The other texts are for --noflush.
 * - The lines that make chains come before all rules.
 *
 * @param size the most lines in a text, without the lines for tables and COMMIT
 */
export function splitRestore(restore: string, size: number): string[] {
  const [tables, lines] = readSections(restore);
  const isHeader = ({ line }: Section) => line.startsWith(':');
  const ordered = [...lines.filter(isHeader), ...lines.filter((section) => !isHeader(section))];
  const chunks = Array.from({ length: Math.ceil(ordered.length / size) }, (_, place) => ordered.slice(place * size, (place + 1) * size));
  return chunks.map((chunk, place) => tables.map((table) => printSection(table, chunk, place === 0)).join(''));
}

function readSections(restore: string): [string[], Section[]] {
  const tables: string[] = [];
  const lines: Section[] = [];
  for (const line of restore.split('\n')) {
    if (line.startsWith('*')) {
      tables.push(line);
    } else if (line !== '' && line !== 'COMMIT') {
      lines.push({ table: tables.at(-1) ?? '', line });
    }
  }
  return [tables, lines];
}

function printSection(table: string, chunk: Section[], isFirst: boolean): string {
  const own = chunk.filter((section) => section.table === table).map(({ line }) => line);
  return own.length === 0 && !isFirst ? '' : [table, ...own, 'COMMIT', ''].join('\n');
}
