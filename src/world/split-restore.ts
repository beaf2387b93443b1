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
