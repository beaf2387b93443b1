import { getShownName, STDIN } from '../../../input/files/read.js';
import { readRuleset } from '../../../input/files/rulesets.js';
import { looksLikeScenario } from '../../../input/files/scenario-signs.js';
import { parseJson } from '../../../input/json/parse.js';
import { loadSources } from '../../../input/load-scenarios.js';
import { UsageError } from '../../../model/errors.js';
import type { DiffRequest } from '../../../run/insight/diff/request.js';
import { countNoun, quote } from '../../../words/phrases.js';

type Files = Extract<DiffRequest, { kind: 'draft' }>['before'];

/** The options of `loopfw diff` that say what is compared. */
export interface ComparedOptions {
  before?: string[];
  after?: string[];
  interface?: string[];
  families?: boolean;
  rules?: boolean;
}

/** Reads what is compared: two rule sets, or a scenario and the rule sets that replace its own. @throws UsageError, SpecError */
export async function readDiffRequest(paths: string[], options: ComparedOptions): Promise<DiffRequest> {
  const { before = [], after = [] } = options;
  if ([...paths, ...before, ...after].filter((path) => path === STDIN).length > 1) {
    throw new UsageError('standard input can be read only once');
  }
  if (options.families) {
    return readFamilies(paths, options);
  }
  return before.length + after.length > 0 ? readInScenario(paths, options) : readPair(paths, options);
}

async function readInScenario(
  paths: string[],
  { before = [], after = [], interface: interfaces = [] }: ComparedOptions,
): Promise<DiffRequest> {
  const [path = '', ...others] = paths;
  const option = before.length > 0 ? '--before' : '--after';
  if (others.length > 0) {
    throw new UsageError(
      `${option}: expected one scenario, found ${countNoun(paths.length, 'file')}: write loopfw diff SCENARIO --before BEFORE --after AFTER`,
    );
  }
  if (after.length === 0) {
    throw new UsageError(
      `--before: expected the rules that come after, too: write loopfw diff ${path} --before ${before.join(' ')} --after AFTER`,
    );
  }
  if (interfaces.length > 0) {
    throw new UsageError(`--interface: the interfaces are those of the scenario: write them into ${path}`);
  }
  const [file] = path === STDIN ? [] : await readFiles([path]);
  if (file !== undefined && 'text' in file.content && !/^\s*[[{/]/.test(file.content.text)) {
    throw new UsageError(`${path} is no scenario. For two rule sets write loopfw diff ${path} ${after[0]}`);
  }
  const sources = await loadSources([path]);
  const [source] = sources;
  if (source === undefined || sources.length > 1) {
    throw new UsageError(`${path}: expected one scenario, found ${sources.length}: write the one that you mean into a file of its own`);
  }
  return { kind: 'scenario', source, before: before.length === 0 ? null : await readFiles(before), after: await readFiles(after) };
}

/** All files are the rule set of one machine. */
async function readFamilies(
  paths: string[],
  { before = [], after = [], interface: interfaces = [], rules = false }: ComparedOptions,
): Promise<DiffRequest> {
  const usage = 'write loopfw diff --families rules.v4 rules.v6';
  if (before.length + after.length > 0) {
    throw new UsageError(`--families compares IPv4 with IPv6 in one rule set, so it has no --before and no --after: ${usage}`);
  }
  if (rules) {
    throw new UsageError(`--families: other rules decide for IPv6 in any case, so leave out --rules: ${usage}`);
  }
  const given = readInterfaces(interfaces);
  const files = await readFiles(paths);
  const scenario = files.find(isScenario)?.path;
  if (scenario !== undefined) {
    throw new UsageError(`${scenario} is a scenario: give the files of its rule set, as in loopfw diff --families rules.v4 rules.v6`);
  }
  return { kind: 'families', files, interfaces: given };
}

async function readPair(paths: string[], { interface: interfaces = [] }: ComparedOptions): Promise<DiffRequest> {
  const [before = '', after, ...others] = paths;
  const given = readInterfaces(interfaces);
  const read = await readFiles(paths);
  if (read.some(isScenario)) {
    const scenario = paths[read.findIndex(isScenario)] ?? before;
    const rules = paths.filter((path) => path !== scenario);
    throw new UsageError(`${scenario} is a scenario: write loopfw diff ${scenario} --after ${rules[0] ?? 'AFTER'}`);
  }
  if (after === undefined || others.length > 0) {
    throw new UsageError(
      `expected two rule sets, found ${countNoun(paths.length, 'file')}: write loopfw diff ${before} ${after ?? 'AFTER'}`,
    );
  }
  return { kind: 'draft', before: read.slice(0, 1), after: read.slice(1), interfaces: given };
}

async function readFiles(paths: string[]): Promise<Files> {
  return Promise.all(paths.map(async (path) => ({ path: getShownName(path), content: await readRuleset(path) })));
}

function isScenario({ content }: Files[number]): boolean {
  const json = 'text' in content ? parseJson(content.text) : { message: '' };
  return 'text' in content && 'value' in json && looksLikeScenario(content.text, json);
}

/** `eth0=192.0.2.10/24`; the same interface may come again with another address. */
function readInterfaces(texts: string[]): Map<string, string[]> {
  const interfaces = new Map<string, string[]>();
  for (const text of texts) {
    const [, name, address] = /^([^=]+)=([\da-fA-F.:]+\/\d+)$/.exec(text) ?? [];
    if (name === undefined || address === undefined) {
      throw new UsageError(`--interface: expected NAME=ADDRESS/LENGTH, as in eth0=192.0.2.10/24, found ${quote(text)}`);
    }
    interfaces.set(name, [...(interfaces.get(name) ?? []), address]);
  }
  return interfaces;
}
