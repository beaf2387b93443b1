// loopfw and iptables get the same lines. What one of them takes and the other does not is a mistake, or an exception with a name.
// `npm run soak -- twins` tries all lines. A usual run tries a sample, which is the same each time.
import t from 'tap';
import type { Family } from '../../../src/model/rule.js';
import { SEED } from '../../support/seed.js';
import type { Environment } from '../save/run-restores.js';
import { compare, type Difference } from './compare.js';
import { EXCEPTIONS, type Exception } from './exceptions.js';
import { type Line, makeLines } from './lines.js';

const IS_WHOLE = Number(process.env['LOOPFW_SOAK'] ?? '1') > 1;
/** The most differences that a failure shows. */
const SHOWN = 30;
const ENVIRONMENTS: Environment[] = [
  { family: 'ipv4', backend: 'nft' },
  { family: 'ipv6', backend: 'nft' },
  { family: 'ipv4', backend: 'legacy' },
  { family: 'ipv6', backend: 'legacy' },
];
t.setTimeout(IS_WHOLE ? 1_800_000 : 120_000);

const examples = EXCEPTIONS.map(({ name, table = 'filter', example }): Line => ({
  table,
  text: example,
  about: name,
  ...(example.startsWith('-A ') ? {} : { isAlone: true }),
}));
const lines: Record<Family, Line[]> = {
  ipv4: [...makeLines('ipv4', IS_WHOLE), ...examples],
  ipv6: [...makeLines('ipv6', IS_WHOLE), ...examples],
};
const seen = new Set<Exception>();

function findException({ kind, line, message }: Difference): Exception | undefined {
  return EXCEPTIONS.find((row) => row.kind === kind && row.message.test(message) && (row.text?.test(line.text) ?? true));
}

function show({ line, kind, message }: Difference): string {
  return `${kind}: [${line.table}] ${line.text}   (${line.about})\n  ${message}`;
}

const comparisons = ENVIRONMENTS.map(async (environment) => compare(lines[environment.family], environment));
t.comment(`seed ${SEED.seed ?? 'random'}`);

for (const [index, { family, backend }] of ENVIRONMENTS.entries()) {
  t.test(`${backend} and loopfw take the same lines of ${family}, and mean the same by them`, async (t) => {
    const { differences, taken, refused } = await comparisons[index]!;
    const unknown = differences.filter((difference) => {
      const exception = findException(difference);
      if (exception !== undefined) {
        seen.add(exception);
      }
      return exception === undefined;
    });
    t.comment(
      `${lines[family].length} lines: both take ${taken} and refuse ${refused}; ${differences.length - unknown.length} are exceptions`,
    );
    t.strictSame(unknown.slice(0, SHOWN).map(show), [], `${unknown.length} differences`);
  });
}

t.test('each exception happens', async (t) => {
  t.strictSame(
    EXCEPTIONS.filter((exception) => !seen.has(exception)).map(({ name }) => name),
    [],
  );
});
