import { existsSync, realpathSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { DRAFT, readRules } from '../../../input/drafts/read-rules.js';
import { makeStarter } from '../../../input/drafts/starter.js';
import { listFilled } from '../../../input/drafts/table/cells.js';
import { draftScenario } from '../../../input/drafts/table/draft.js';
import { listFindings } from '../../../input/drafts/table/findings.js';
import { describeLeftOut } from '../../../input/drafts/table/print.js';
import { getShownName, isWithin, STDIN } from '../../../input/files/read.js';
import { readRuleset } from '../../../input/files/rulesets.js';
import type { RulesetText } from '../../../input/ruleset-files.js';
import { SpecError, UsageError } from '../../../model/errors.js';
import { fillDraft } from '../../../run/insight/fill-draft.js';
import { makeHarmless } from '../../../words/harmless.js';
import { countNoun, listWords } from '../../../words/phrases.js';
import { EXIT_CODES } from '../../output/exit-codes.js';
import { writeNew } from '../../output/new-file.js';
import { assertOutputOpen } from '../../output/standard-output.js';
import { USUAL_FOLDER } from '../run/paths.js';
import { workUntilSignal } from '../signals.js';

const SCHEMA = 'node_modules/loopfw/schema/scenario.json';

export interface InitCommandOptions {
  ruleset?: string[];
}

/** A rule set file, and where the scenario finds it. */
interface RulesetFile {
  path: string;
  content: RulesetText;
  /** The path from the scenario's folder. */
  named: string;
  /** Whether it is outside of that folder: then the scenario gets a copy. */
  isCopied: boolean;
}

/** `loopfw init`: writes a first scenario, or one for a rule set. Returns the exit code. */
export async function initCommand(name: string | undefined, { ruleset = [] }: InitCommandOptions): Promise<number> {
  assertOutputOpen();
  const target = choosePath(name, ruleset);
  if (existsSync(target)) {
    const usage = ['loopfw init', ...ruleset.map((file) => `--ruleset ${file}`), 'NAME'].join(' ');
    throw new UsageError(makeHarmless(`${target} is there already: give another name, as in ${usage}`));
  }
  const schema = existsSync(SCHEMA) ? relative(resolve(dirname(target)), resolve(SCHEMA)) : null;
  const title = basename(target).replace(/\.jsonc?$/, '');
  const files = await locate(ruleset, dirname(target));
  const ended = await workUntilSignal((signal) =>
    files.length === 0 ? writeStarter(target, title, schema) : writeForRules(target, title, schema, files, signal),
  );
  if ('exitCode' in ended) {
    return ended.exitCode;
  }
  process.stdout.write(makeLines([...ended.done, `loopfw run ${target}`]));
  return EXIT_CODES.passed;
}

/** A name without a folder is a scenario in the usual folder. Without a name, the file is beside a rule set of the working folder. */
function choosePath(name: string | undefined, rulesets: string[]): string {
  const [first = STDIN] = rulesets;
  if (name === undefined) {
    if (rulesets.length === 0) {
      throw new UsageError('expected a name for the scenario, or rules: loopfw init NAME, loopfw init --ruleset rules.v4');
    }
    const isBeside = first !== STDIN && isWithin(process.cwd(), resolve(first));
    return isBeside ? `${first}.json` : join(USUAL_FOLDER, `${first === STDIN ? 'rules' : basename(first)}.json`);
  }
  const file = /\.jsonc?$/.test(name) ? name : `${name}.json`;
  return name.includes('/') || file === name ? file : join(USUAL_FOLDER, file);
}

async function writeStarter(target: string, title: string, schema: string | null): Promise<string[]> {
  await writeNew(target, makeStarter(title, schema));
  return [`${target}: a first scenario of 4 probes`];
}

/** Reads the files, and says how a scenario in the folder names each. */
async function locate(paths: string[], folder: string): Promise<RulesetFile[]> {
  const taken = new Set<string>();
  const files: RulesetFile[] = [];
  for (const path of paths) {
    const content = await readRuleset(path);
    const isInside = path !== STDIN && existsSync(path) && existsSync(folder) && isWithin(realpathSync(folder), realpathSync(path));
    const usual = isInside ? relative(realpathSync(folder), realpathSync(path)) : path === STDIN ? 'rules' : basename(path);
    const named = taken.has(usual) ? `${files.length + 1}-${usual}` : usual;
    taken.add(named);
    if (!isInside && 'text' in content && content.included !== undefined && content.included.nft.sources.length > 1) {
      throw new UsageError(makeHarmless(`${path} includes other files: copy all of them into ${folder} first`));
    }
    files.push({ path: getShownName(path), content, named, isCopied: !isInside });
  }
  return files;
}

async function writeForRules(
  target: string,
  title: string,
  schema: string | null,
  files: RulesetFile[],
  signal: AbortSignal,
): Promise<string[]> {
  const read = readRules({ rules: [], files });
  if ('diagnostics' in read) {
    throw new SpecError(
      read.diagnostics.filter(({ file }) => file !== DRAFT),
      files.length === 1 ? 'the rule set' : 'the rule sets',
    );
  }
  const rulesets = new Map(files.map(({ named, content }) => [named, content]));
  const drafted = { ...draftScenario(read.ruleSet), name: title, schema, files: files.map(({ named }) => named) };
  const filled = await fillDraft(drafted, { file: target, rulesets, signal });
  const copies = files
    .filter(({ isCopied }) => isCopied)
    .map(({ named, path, content }) => ({ copy: join(dirname(target), named), path, content }));
  for (const { copy, content } of copies) {
    await writeNew(copy, 'text' in content ? content.text : '');
  }
  await writeNew(target, filled.text);
  return [
    ...copies.map(({ copy, path }) => `${copy}: a copy of ${path}, for a scenario reads only files in its own folder`),
    `${target}: ${countNoun(filled.draft.cells.length, 'probe')} in ${countNoun(listFilled(filled.draft).length, 'table')}, as the kernel answered`,
    ...listFindings(filled.draft),
    ...drafted.leftOut.map(describeLeftOut),
    ...(filled.dropped.length === 0
      ? []
      : [`left out, because the answer was not sure (rules with a memory, a rate or a user): ${listWords(filled.dropped, 'and')}`]),
    ...filled.warnings.map(({ message }) => `warning: ${message}`),
  ];
}

function makeLines(lines: string[]): string {
  return lines.map((line) => `${makeHarmless(line)}\n`).join('');
}
