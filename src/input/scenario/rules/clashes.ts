import type { Backend } from '../../../model/result.js';
import type { Entry, Family } from '../../../model/rule.js';
import type { RuleSet, ScenarioRule } from '../../../model/scenario.js';
import { checkRuleSet } from '../../../rules/chains/check.js';
import { findNftClashes, listNftTables } from '../../../rules/nft/clashes.js';
import type { Flush } from '../../../rules/save/upkeep.js';
import { locateNftLine } from '../../../words/nft-lines.js';
import { getBaseName } from '../../../words/rule-name.js';
import type { ProblemList } from '../../json/document.js';

/** A file of rules for iptables at its place among the others. */
interface PlacedFile {
  path: string;
  /** The back end that its entry names. */
  backend: Backend | null;
  /** How many rules are loaded before it. */
  after: number;
}

/** A file in the format of iptables-save, which empties the tables that it names. */
export interface RestoredFile extends PlacedFile {
  text: string;
  family: Family;
}

/** A file of single commands, which add to what earlier files have loaded. */
export interface ScriptFile extends PlacedFile {
  flushes: Flush[];
  /** How many rules are loaded with it. */
  end: number;
}

/**
 * Reports where one file removes what another has loaded, for each back end that the rules without a name may have.
 */
export function reportClashes(
  ruleSet: RuleSet,
  { restored, scripts }: { restored: RestoredFile[]; scripts: ScriptFile[] },
  backends: Backend[],
  problems: ProblemList,
): void {
  for (const usual of backends) {
    restored.forEach((file) => reportRestored(file, { rules: ruleSet.rules, restored }, usual, problems));
    scripts.forEach((file) => reportFlushes(file, ruleSet.rules, usual, problems));
    reportNative(ruleSet, usual, problems);
  }
}

function reportRestored(
  { path, text, family, backend, after }: RestoredFile,
  { rules, restored }: { rules: ScenarioRule[]; restored: RestoredFile[] },
  usual: Backend,
  problems: ProblemList,
) {
  const earlier = rules.slice(0, after).filter((rule) => (rule.backend ?? usual) === (backend ?? usual));
  if (earlier.length === 0) {
    return;
  }
  for (const [place, line] of text.split('\n').entries()) {
    const table = /^\*(\S+)/.exec(line)?.[1];
    const other = earlier.find(({ entries }) =>
      entries.some((entry) => entry.table === table && entry.family === family && hasEffect(entry)),
    );
    if (table !== undefined && other !== undefined) {
      const remedy = restored.some((own) => own.path === other.file) ? 'write the rules of both in one table' : 'put this file first';
      const message = `iptables-restore empties table ${table}, where ${other.file ?? 'another file'} has put rules before: ${remedy}`;
      problems.addIn(path, { line: place + 1, column: 1 }, message);
    }
  }
}

function reportFlushes({ path, flushes, backend, after }: ScriptFile, rules: ScenarioRule[], usual: Backend, problems: ProblemList): void {
  for (const { line, of, family, table, chain, ...flush } of flushes) {
    const held = flush.backend ?? backend ?? usual;
    const isRemoved = (entry: Entry) =>
      (of === 'rules' ? 'rules' in entry : entry.kind === 'new-chain') &&
      entry.family === family &&
      entry.table === table &&
      (chain === null || entry.chain === chain);
    const other = rules.slice(0, after).find((rule) => (rule.backend ?? usual) === held && rule.entries.some(isRemoved));
    if (other !== undefined) {
      const message = `this removes ${of} of table ${table} that ${other.file ?? 'another file'} has made before: put this file first`;
      problems.addIn(path, { line, column: 1 }, message);
    }
  }
}

/**
 * Reports what iptables would refuse of the commands of scripts: chains that neither they nor the files before them make.
 * @returns whether there is no such problem
 */
export function reportScriptChains(rules: ScenarioRule[], scripts: ScriptFile[], backends: Backend[], problems: ProblemList): boolean {
  const name = (place: number) => `line ${rules[place]?.line ?? 1} of ${getBaseName(rules[place]?.file ?? '')}`;
  let isSound = true;
  for (const { path, after, end } of scripts) {
    for (const usual of backends) {
      for (const held of ['nft', 'legacy'] as const) {
        const entries = rules.slice(0, end).map((rule) => ((rule.backend ?? usual) === held ? rule.entries : []));
        for (const { message, index } of checkRuleSet(entries, name).filter((problem) => problem.index >= after)) {
          problems.addIn(path, { line: rules[index]?.line ?? 1, column: 1 }, message);
          isSound = false;
        }
      }
    }
  }
  return isSound;
}

/** Whether an entry does something in its chain. A policy of ACCEPT is the kernel's own. */
function hasEffect(entry: Entry): boolean {
  return entry.kind !== 'policy' || entry.policy === 'DROP';
}

function reportNative({ rules, natives }: RuleSet, usual: Backend, problems: ProblemList): void {
  const inNft = (rule: ScenarioRule) => (rule.backend ?? usual) === 'nft' && rule.entries.some(hasEffect);
  const getFile = (family: Family) => rules.find((rule) => inNft(rule) && rule.entries.some((entry) => entry.family === family))?.file;
  const iptables = { ipv4: getFile('ipv4') ?? undefined, ipv6: getFile('ipv6') ?? undefined };
  const tables = new Map<string, string>();
  for (const [order, { file: own, text, sources, after }] of natives.entries()) {
    const before = new Set([
      ...natives.slice(0, order).map((native) => native.file),
      ...rules.slice(0, after).flatMap((rule) => (inNft(rule) && rule.file !== null ? [rule.file] : [])),
    ]);
    for (const { message, line, column } of findNftClashes(text, { before: [...before], tables, iptables })) {
      const { file, line: place } = locateNftLine(sources, line);
      problems.addIn(file, { line: place, column }, message);
    }
    listNftTables(text).forEach((table) => tables.set(table, own));
  }
}
