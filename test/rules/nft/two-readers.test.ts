// loopfw and nft read the same words: thousands of texts are given to both, and what nft's own scanner saw is laid against what we did.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import t from 'tap';
import { checkNftText } from '../../../src/rules/nft/check.js';
import { listNftRuleStatements } from '../../../src/rules/nft/statements.js';
import { tokenizeNft } from '../../../src/rules/nft/tokens.js';
import { splitNftWord } from '../../../src/rules/nft/word.js';
import { SEED } from '../../support/seed.js';
import { nftText, type NftText } from '../arbitrary/nft-texts.js';
import { type NftRun, runNftTexts, toInput, type Way } from './run-texts.js';

/** LOOPFW_SOAK=20 makes twenty times as many. */
const SOAK = Number(process.env['LOOPFW_SOAK'] ?? '1');
const COUNT = Math.ceil(1000 * SOAK);
t.setTimeout(120_000 * Math.max(1, SOAK));

/** The words that are refused wherever nft sees them, and those that are in this company, as our reader and nft's scanner show them. */
const FORBIDDEN = ['include', 'monitor', 'nftrace', 'queue', 'flowtable', 'flow', 'dup', 'fwd'];
/** A table of netdev may have them. */
const OF_A_DEVICE = ['hook ingress', 'hook egress'];
const FORBIDDEN_PAIRS = ['level audit', 'level "audit"', 'flags owner'];
const BY_WORD = /^(?!U\+|").* is refused: /;
/** A name that nft might look up. Those of our harmless texts are nft's or the rule set's own. */
const BY_NAME = /^".*" is refused: /s;
/** In the kernel's list, without its strings. */
const NEVER_HELD = /canary|hook (?:in|e)gress|flowtable|ct helper \S+ \{|ct helper set|nftrace|queue|flow add|level audit/;

interface Case extends NftText {
  problems: string[];
  way: Way;
  run: NftRun;
}

/** Byte by byte, as nft reads. */
function toBytes(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1');
}

/** Every word and sign that we see, as nft's scanner shows them. */
function listSeen(text: string): string[] {
  const lines = text.split('\n');
  return tokenizeNft(text).flatMap(({ kind, text: found, line, column }) => {
    const follower = `${lines[line - 1] ?? ''}${line < lines.length ? '\n' : ''}`.charAt(column - 1 + found.length);
    return kind === 'word' ? splitNftWord(found, follower).map((part) => part.text) : [kind === 'string' ? `"${found}"` : found];
  });
}

function listForbidden(seen: string[]): string[] {
  return seen.flatMap((word, place) => {
    const pair = `${seen[place - 1] ?? ''} ${word}`;
    const isOfDevice = OF_A_DEVICE.includes(pair) && seen[seen.lastIndexOf('table', place) + 1] !== 'netdev';
    return FORBIDDEN.includes(word)
      ? [word]
      : isOfDevice || FORBIDDEN_PAIRS.includes(pair) || (pair === 'ct helper' && seen[place + 1] === 'set')
        ? [pair]
        : [];
  });
}

function withoutStrings(listing: string): string {
  return listing.replaceAll(/"[^"]*"/g, '""');
}

/** Without the hooks of tables of netdev, which may be there. */
function withoutDevices(listing: string): string {
  return listing.replaceAll(/^table netdev .*?^\}$/gms, (table) => table.replaceAll(/hook (?:in|e)gress/g, ''));
}

const folder = mkdtempSync(join(tmpdir(), 'loopfw-two-readers-'));
t.teardown(() => rmSync(folder, { recursive: true }));
const canary = join(folder, 'canary');
writeFileSync(canary, 'table ip canary_was_read { }\nroot:canary_secret\n');

const startedAt = Date.now();
const texts = fc.sample(nftText, { ...SEED, numRuns: COUNT }).map(({ kind, text }) => ({ kind, text: text.replaceAll('CANARY', canary) }));
const checked = texts.map(({ kind, text }) => {
  const problems = checkNftText(text).map(({ message }) => message);
  const way: Way = problems.length === 0 ? 'apply' : problems.some((message) => BY_WORD.test(message)) ? 'scan' : 'check';
  return { kind, text, problems, way };
});
const runs = runNftTexts(checked);
const cases: Case[] = checked.map((one, index) => ({ ...one, run: runs[index]! }));
const counts: Record<string, number> = {};

function count(name: string): void {
  counts[name] = (counts[name] ?? 0) + 1;
}

/** In one line of ASCII. */
function show({ text, problems, run: { status, stderr, listing } }: Case): string {
  return JSON.stringify({ text, problems, status, stderr, listing }).replaceAll(
    /[^ -~]/g,
    (found) => `\\u${found.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

t.test('nft sees the words that we see, one by one', async (t) => {
  for (const one of cases) {
    // nft stops at a NUL, takes a quote that is never closed for nothing, and a comment for none where the file ends: all are refused. Newer versions than 1.0.6 know more addresses.
    const isOther =
      one.problems.some((message) => /has no end|U\+0000/.test(message)) ||
      (one.way !== 'scan' && /[#\\][^\n]*$/.test(one.text)) ||
      /[0-9A-Fa-f]:(?:[0-9A-Fa-f]*:)+\d+\.\d/.test(one.text);
    if (isOther) {
      count('not compared');
      continue;
    }
    const { seen, isWhole } = one.run;
    let ours = listSeen(toBytes(toInput(one.text, one.way)));
    const include = ours.indexOf('include');
    if (include !== -1) {
      ours = ours.slice(0, include + 1);
    }
    const length = include !== -1 || !isWhole ? Math.min(seen.length, ours.length) : Math.max(seen.length, ours.length);
    const place = Array.from({ length }, (_, at) => at).find((at) => seen[at] !== ours[at]);
    count('compared');
    counts['words'] = (counts['words'] ?? 0) + length;
    if (place !== undefined) {
      const [theirs, own] = [seen, ours].map((words) => JSON.stringify(words.slice(place, place + 3)));
      t.equal(`word ${place}: nft sees ${theirs ?? ''}, we ${own ?? ''}: ${show(one)}`, '');
      return;
    }
  }
});

t.test('nothing that is forbidden comes to nft or to the kernel', async (t) => {
  for (const one of cases.filter(({ way }) => way === 'apply')) {
    const held = NEVER_HELD.exec(withoutDevices(withoutStrings(one.run.listing)))?.[0];
    const found = [
      ...listForbidden(one.run.seen),
      ...(held === undefined ? [] : [held]),
      ...(/canary_/.test(one.run.stderr) ? ['the canary'] : []),
    ];
    count(one.run.status === 0 ? 'accepted, and held by the kernel' : 'accepted, and refused by nft');
    if (found.length > 0) {
      t.equal(`${found.join(', ')} in ${show(one)}`, '');
      return;
    }
  }
});

t.test('what we refuse for a word has a word that nft sees', async (t) => {
  for (const one of cases.filter(({ way }) => way === 'scan')) {
    count('refused for a word');
    const isSeen =
      listForbidden(one.run.seen).length > 0 || /\bct helper|type "|hook (?:in|e)gress/.test([...one.problems, ...one.run.seen].join(' '));
    if (one.kind === 'harmless' || (!isSeen && one.run.isWhole)) {
      t.equal(`a false refusal: ${show(one)}`, '');
      return;
    }
  }
});

t.test('no harmless text has a name that is refused', async (t) => {
  const refused = cases.find(({ kind, problems }) => kind === 'harmless' && problems.some((message) => BY_NAME.test(message)));
  t.equal(refused === undefined ? '' : show(refused), '');
});

t.test('the kernel holds as many rules as we see statements', async (t) => {
  let rules = 0;
  for (const one of cases.filter(({ way, run }) => way === 'apply' && run.status === 0)) {
    const held = withoutStrings(one.run.listing).match(/^\t\t.* # handle \d+$/gm) ?? [];
    const ours = listNftRuleStatements(one.text).length;
    rules += ours;
    if (held.length !== ours) {
      t.equal(`${held.length} rules, and we see ${ours}: ${show(one)}`, '');
      return;
    }
  }
  counts['rules held'] = rules;
});

t.test('what nft takes and we refuse is told by its reason', async () => {
  for (const one of cases.filter(({ way, run }) => way === 'check' && run.status === 0)) {
    for (const message of new Set(
      one.problems.map((problem) =>
        problem
          .replace(/^U\+\S+ (?:\([^)]*\) )?/, 'a character ')
          .replace(BY_NAME, 'a name is refused: ')
          .replace(/ is refused:.*|: .*/, ''),
      ),
    )) {
      count(`nft takes it, we do not: ${message}`);
    }
  }
});

t.teardown(() => {
  const told = Object.entries(counts).map(([name, number]) => `${name}: ${number}`);
  t.comment(`${COUNT} texts, seed ${'seed' in SEED ? SEED.seed : 'random'}, ${Date.now() - startedAt} ms; ${told.join('; ')}`);
});
