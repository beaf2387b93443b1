import type { Backend } from '../../../model/result.js';
import type { Family } from '../../../model/rule.js';
import type { RuleSet, ScenarioRule } from '../../../model/scenario.js';
import { findNftClashes } from '../../../rules/nft/clashes.js';
import type { ProblemList } from '../../json/document.js';

/** A file in the format of iptables-save, which empties the tables that it names. */
export interface RestoredFile {
  path: string;
  text: string;
  family: Family;
  backend: Backend | null;
  /** How many rules are loaded before it. */
  after: number;
}

/**
 * Reports where one file removes what another has loaded, for each back end that the rules without a name may have.
 * @param restored the files in the format of iptables-save
 */
export function reportClashes(ruleSet: RuleSet, restored: RestoredFile[], backends: Backend[], problems: ProblemList): void {
  for (const usual of backends) {
    restored.forEach((file) => reportRestored(file, ruleSet.rules, usual, problems));
    reportNative(ruleSet, usual, problems);
  }
}

function reportRestored(
  { path, text, family, backend, after }: RestoredFile,
  rules: ScenarioRule[],
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
      const message = `iptables-restore empties table ${table}, where ${other.file ?? 'another file'} has put rules before: put this file first`;
      problems.addIn(path, { line: place + 1, column: 1 }, message);
    }
  }
}

/** Whether an entry does something in its chain. A policy of ACCEPT is the kernel's own. */
function hasEffect(entry: ScenarioRule['entries'][number]): boolean {
  return entry.kind !== 'policy' || entry.policy === 'DROP';
}

function reportNative({ rules, natives }: RuleSet, usual: Backend, problems: ProblemList): void {
  const inNft = (rule: ScenarioRule) => (rule.backend ?? usual) === 'nft' && rule.entries.some(hasEffect);
  const getFile = (family: Family) => rules.find((rule) => inNft(rule) && rule.entries.some((entry) => entry.family === family))?.file;
  const iptables = { ipv4: getFile('ipv4') ?? undefined, ipv6: getFile('ipv6') ?? undefined };
  for (const [place, { file, text, after }] of natives.entries()) {
    const before = new Set([
      ...natives.slice(0, place).map((native) => native.file),
      ...rules.slice(0, after).flatMap((rule) => (inNft(rule) && rule.file !== null ? [rule.file] : [])),
    ]);
    for (const { message, ...position } of findNftClashes(text, { before: [...before], iptables })) {
      problems.addIn(file, position, message);
    }
  }
}
