// No accepted text makes nft look up a name on the machine: nft is shown lists of hosts, users and others in which every word has an entry.
import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import t from 'tap';
import { checkNftText } from '../../../src/rules/nft/check.js';
import { SEED } from '../../support/seed.js';
import { NAMED_RULES, NAMED_TABLES } from './named-rules.js';
import { type NftRun, runNftTexts } from './run-texts.js';

const SOAK = Number(process.env['LOOPFW_SOAK'] ?? '1');
const COUNT = Math.ceil(500 * SOAK);
t.setTimeout(120_000 * Math.max(1, SOAK));

const PREAMBLE = `define HOST = 10.0.0.1
define PORTS = { 1, 2 }
define NAMES = { canary, 10.0.0.7 }
table inet t {
  set seen { type ipv4_addr; flags dynamic, timeout; }
  set bad { type ipv4_addr; }
  set ports { type inet_service; }
  set both { type ipv4_addr . inet_service; }
  map marks { type ipv4_addr : mark; flags dynamic; }
  chain web { }
`;
const inChain = (rule: string) => `${PREAMBLE}  chain c {\n    ${rule}\n  }\n}\n`;

t.test('what has no names to look up is not refused', async (t) => {
  const refused = [...NAMED_RULES.map(inChain), ...NAMED_TABLES].flatMap((text) =>
    checkNftText(text).map(({ message }) => ({ text, message })),
  );
  t.strictSame(refused, []);
});

const pieces = (text: string) => text.match(/"[^"]*"|[A-Za-z_][\w./-]*|\d[\w.]*|\s+|[^\w\s]/g) ?? [];
const WORDS = [...new Set([...NAMED_RULES, ...NAMED_TABLES].flatMap(pieces))].filter((word) => /^[a-z]/.test(word));
/** Numbers that only the canaries have. */
const HELD = /\b(?:9999|199|0x0*270f|120)\b|198\.51\.100\.99|2001:db8::99/;
const names = [...new Set(['canary', 'canary.example', 'canary*', '5s', '999.9.9.9', 'aa:bb:cc:dd:ee:ff', ...WORDS])];
const known = (path: string) => (existsSync(path) ? readFileSync(path, 'utf8') : '');
const rows = (number: string) => `${number} canary\n`;
const CANARIES = Object.fromEntries(
  Object.entries({
    '/etc/nsswitch.conf': 'passwd: files\ngroup: files\nhosts: files\nservices: files\nprotocols: files\n',
    '/etc/hosts': names.map((name) => `198.51.100.99 ${name}\n2001:db8::99 ${name}\n`).join(''),
    '/etc/passwd': names.map((name) => `${name}:x:9999:9999::/:/bin/false\n`).join(''),
    '/etc/group': names.map((name) => `${name}:x:9999:\n`).join(''),
    '/etc/services': `${known('/etc/services')}canary 9999/tcp\ncanary 9999/udp\n5s 9999/tcp\n`,
    '/etc/protocols': `${known('/etc/protocols')}canary 199\n5s 199\n`,
    '/etc/iproute2/rt_marks': rows('9999'),
    '/etc/iproute2/rt_realms': rows('199'),
    '/etc/iproute2/group': rows('9999'),
    '/etc/connlabel.conf': rows('120'),
  }).filter(([path]) => existsSync(path)),
);

/** A rule of ours, in which another word, a name of the machine's or a quoted one, stands for one or two of its words. */
const mutant = fc
  .tuple(
    fc.oneof(
      {
        weight: 8,
        arbitrary: fc.constantFrom(...NAMED_RULES).map((rule) => ({ rule, toText: inChain })),
      },
      { weight: 1, arbitrary: fc.constantFrom(...NAMED_TABLES).map((rule) => ({ rule, toText: (text: string) => text })) },
    ),
    fc.array(
      fc.tuple(
        fc.nat(),
        fc.oneof(
          {
            weight: 5,
            arbitrary: fc.constantFrom('canary', 'canary', 'canary', '"canary"', 'canary.example', 'canary*', '$NAMES', '5s', '999.9.9.9'),
          },
          { weight: 2, arbitrary: fc.constantFrom(...WORDS) },
        ),
      ),
      { minLength: 1, maxLength: 1 },
    ),
    fc.constantFrom(
      '',
      '',
      '',
      '',
      '',
      '',
      '',
      '',
      '',
      ' accept',
      ' - canary',
      ' . canary',
      ', canary',
      ' & canary',
      ' canary',
      ' ip saddr canary',
    ),
  )
  .map(([{ rule, toText }, changes, end]) => {
    const parts = pieces(rule);
    const places = parts.flatMap((part, place) => (/^["\w]/.test(part) ? [place] : []));
    for (const [at, word] of changes) {
      parts[places[at % places.length] ?? 0] = word;
    }
    return toText(parts.join('') + end);
  });

function hasLooked({ status, listing, stderr }: NftRun): boolean {
  return (
    (status === 0 && HELD.test(listing.replaceAll(/"[^"]*"/g, '""'))) || /Could not resolve host|(?:User|Group) does not exist/.test(stderr)
  );
}

t.test('the canaries can be seen: each of these is refused, and nft looks it up', async (t) => {
  const texts = [
    'ip saddr canary',
    'ip6 saddr canary',
    'tcp dport canary',
    'meta l4proto canary',
    'meta skuid canary',
    'meta skgid canary',
  ];
  const runs = runNftTexts(
    texts.map((rule) => ({ text: inChain(rule), way: 'apply' as const })),
    CANARIES,
  );
  t.strictSame(
    texts.map((rule, index) => [rule, checkNftText(inChain(rule)).length, hasLooked(runs[index]!)]),
    texts.map((rule) => [rule, 1, true]),
  );
});

t.test('nothing of the machine comes into what the kernel holds', async (t) => {
  const texts = fc.sample(mutant, { ...SEED, numRuns: COUNT }).map((text) => ({ text, problems: checkNftText(text) }));
  const accepted = texts.filter(({ problems }) => problems.length === 0);
  const refused = texts.filter(({ problems }) => problems.length > 0 && problems.every(({ message }) => /^"/.test(message)));
  const runs = runNftTexts(
    [...accepted, ...refused].map(({ text }) => ({ text, way: 'apply' as const })),
    CANARIES,
  );
  let [held, looked, harmless] = [0, 0, 0];
  [...accepted, ...refused].forEach(({ text, problems }, index) => {
    const { status, listing, stderr } = runs[index]!;
    const isLooked = hasLooked(runs[index]!);
    if (problems.length > 0) {
      looked += isLooked ? 1 : 0;
      harmless += status === 0 && !isLooked ? 1 : 0;
      return;
    }
    held += status === 0 ? 1 : 0;
    if (isLooked) {
      t.equal(`nft looked a name up: ${text}\n${stderr.slice(0, 200)}\n${listing}`, '');
    }
  });
  t.comment(
    `${COUNT} texts: ${accepted.length} accepted, ${held} of them held by the kernel; ${refused.length} refused for a name, ` +
      `${looked} of them looked up by nft, ${harmless} taken without a look`,
  );
});
