/**
 * Splits the text for iptables-restore into several, each with at most so many lines. All but the first are for --noflush. The first names
 * every table, which empties them, and chains come before all rules.
 */
export function splitRestore(restore, size) {
    const [tables, lines] = readSections(restore);
    const isHeader = ({ line }) => line.startsWith(':');
    const ordered = [...lines.filter(isHeader), ...lines.filter((section) => !isHeader(section))];
    const chunks = Array.from({ length: Math.ceil(ordered.length / size) }, (_, place) => ordered.slice(place * size, (place + 1) * size));
    return chunks.map((chunk, place) => tables.map((table) => printSection(table, chunk, place === 0)).join(''));
}
function readSections(restore) {
    const tables = [];
    const lines = [];
    for (const line of restore.split('\n')) {
        if (line.startsWith('*')) {
            tables.push(line);
        }
        else if (line !== '' && line !== 'COMMIT') {
            lines.push({ table: tables.at(-1) ?? '', line });
        }
    }
    return [tables, lines];
}
function printSection(table, chunk, isFirst) {
    const own = chunk.filter((section) => section.table === table).map(({ line }) => line);
    return own.length === 0 && !isFirst ? '' : [table, ...own, 'COMMIT', ''].join('\n');
}
