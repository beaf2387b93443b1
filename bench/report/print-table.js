import { formatCount, formatMs, formatRatio } from './format.js';

/** All entries of a row's cases, each with its ratio to loopfw, which is the first entry of a case. */
export function printTable(cases) {
  const lines = cases.flatMap(({ name, size, entries }) =>
    entries.map((entry, place) => [
      place === 0 ? name : '',
      entry.sample === undefined ? entry.name : `${entry.name} (${formatSample(entry.sample)})`,
      formatMs(entry.medianMs),
      `${formatMs(Math.min(...entry.runsMs))} – ${formatMs(Math.max(...entry.runsMs))}`,
      entry.runsMs.length,
      formatMs(entry.medianMs / size),
      place === 0 ? '1' : formatRatio(entry.medianMs / entries[0].medianMs),
    ]),
  );
  return toMarkdown(['work', 'by', 'median', 'fastest – slowest', 'runs', 'each', 'time against loopfw'], lines);
}

export function toMarkdown(head, lines) {
  const [headLine, ...rest] = [head, ...lines].map((cells) => `| ${cells.join(' | ')} |`);
  return [headLine, `|${head.map(() => '---|').join('')}`, ...rest].join('\n');
}

function formatSample({ done, of }) {
  return `${formatCount(done)} of ${formatCount(of)}, scaled`;
}
