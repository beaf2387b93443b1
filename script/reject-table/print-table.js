import { cellKey } from './to-cells.js';

const NOT_APPLICABLE = '–';

/** A table in Markdown: a row for each rule, a column for each kind of client. */
export function printTable({ clients, rows, cells }) {
  const lines = rows.map((row) => {
    const met = clients.map((client) => ({ client, sights: cells.get(cellKey(client, row)) }));
    return [row.title, printAnswers(met), ...met.map(({ sights }) => printSights(sights, row))];
  });
  const head = ['rule', 'answer', ...clients.map(({ title }) => title)];
  const [headLine, ...rest] = [head, ...lines].map((columns) => `| ${columns.join(' | ')} |`);
  return [headLine, `|${head.map(() => '---|').join('')}`, ...rest].join('\n');
}

/** The answer of a rule. If clients got different answers, each is named with its protocol. */
function printAnswers(met) {
  const got = met.flatMap(({ client, sights = [] }) => sights.map(({ answer, backend }) => ({ answer, client, backend })));
  const answers = [...new Set(got.map(({ answer }) => answer))];
  if (answers.length === 1) {
    return answers[0];
  }
  return [...new Set(got.map(({ answer, client, backend }) => `${client.protocol}${backend ? ` on ${backend}` : ''}: ${answer}`))].join(
    '; ',
  );
}

function printSights(sights, row) {
  if (sights === undefined) {
    return NOT_APPLICABLE;
  }
  return sights.map((sight) => `${sight.backend ? `${sight.backend}: ` : ''}${printSight(sight, row)}`).join('; ');
}

function printSight({ outcome, errno, when }, { cause }) {
  const isUntold = cause === 'rejected' && when === 'never';
  return [outcome, ...(errno === null ? [] : [errno]), isUntold ? `**${when}**` : when].join(', ');
}
