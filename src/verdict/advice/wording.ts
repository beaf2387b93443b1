import type { Advice, NamedRule, NearRules } from '../../model/advice.js';
import type { Step } from '../../model/result.js';
import type { Family } from '../../model/rule.js';
import type { ScenarioRule } from '../../model/scenario.js';
import { getBaseName, nameRule } from '../../words/rule-name.js';

/** An advice that leaves the change to the reader. */
export function say(text: string): Advice[] {
  return [{ text, remedy: null }];
}

/** A chain of iptables. */
interface ChainPlace {
  family: Family;
  table: string;
  chain: string;
}

/** A rule for the head of a chain: as a command, and in the words of the rule set's own form. */
interface HeadLine {
  command: string;
  text: string;
}

/**
 * Writes a rule for the head of a chain. Rules of a scenario are commands. In a file of rules it is a line before the first one of the
 * chain.
 * @param rule its arguments after the chain
 */
export function writeAtHead(rules: ScenarioRule[], place: ChainPlace, rule: string): HeadLine {
  const command = writeCommand(place, `-I ${place.chain} 1`, rule);
  const first = findInChain(rules, place);
  if (first !== null) {
    return { command, text: `-A ${place.chain} ${rule}, before ${nameLine(first)}` };
  }
  return { command, text: writeInSection(rules, place, rule) ?? command };
}

/** Writes a rule for the end of a chain. */
export function writeAtEnd(rules: ScenarioRule[], place: ChainPlace, rule: string): HeadLine {
  const command = writeCommand(place, `-A ${place.chain}`, rule);
  return { command, text: writeInSection(rules, place, rule) ?? command };
}

function writeCommand({ family, table }: ChainPlace, command: string, rule: string): string {
  return `${family === 'ipv6' ? 'ip6tables ' : ''}${table === 'filter' ? '' : `-t ${table} `}${command} ${rule}`;
}

/** null for rules that are not of a file. */
function writeInSection(rules: ScenarioRule[], { family, table, chain }: ChainPlace, rule: string): string | null {
  const file = rules.find((own) => own.file !== null && own.entries.some((entry) => entry.family === family))?.file ?? null;
  return file === null ? null : `-A ${chain} ${rule}, in table ${table} of ${getBaseName(file)}`;
}

/** The first rule of a chain, where it is of a file and only appended lines are in the chain. */
function findInChain(rules: ScenarioRule[], { family, table, chain }: ChainPlace): ScenarioRule | null {
  const own = rules.filter(({ entries }) =>
    entries.some((entry) => 'rules' in entry && entry.family === family && entry.table === table && entry.chain === chain),
  );
  const [first] = own;
  const isOfFile = first !== undefined && first.line !== null && own.every(({ entries }) => entries.every(({ kind }) => kind === 'append'));
  return isOfFile ? first : null;
}

function nameLine({ index, name, file, line }: Pick<ScenarioRule, 'index' | 'name' | 'file' | 'line'>): string {
  return file === null || line === null ? nameRule({ index: index ?? 0, name, file, line }) : `line ${line} of ${getBaseName(file)}`;
}

/** `rule 4 (-A INPUT …)`, `line 34 of rules.v4 (-A INPUT …)` */
export function describeNamed(rule: NamedRule): string {
  return `${nameLine(rule)} (${rule.text})`;
}

/** An advice on a rule that comes too late. */
export function adviseOnLate({ rule, before, remedy }: NearRules['late'][number]): Advice {
  const text =
    remedy.kind === 'append-rule'
      ? `Write ${nameLine(before)} with -A: -I has put it before ${describeNamed(rule)}.`
      : describeMove(rule, before);
  return { text, remedy };
}

/** Says what to move. Why is in the note: only a trial shows whether the rule takes the packet. */
function describeMove(rule: NamedRule, before: NamedRule): string {
  const isOfOneFile = rule.file === before.file && rule.line !== null;
  return `Move ${describeNamed(rule)} up, before ${isOfOneFile ? `line ${before.line}` : nameLine(before)}.`;
}

/** A chain of a native rule set. */
export function describeNftChain({ table, chain, hook }: Pick<Step, 'table' | 'chain' | 'hook'>): string {
  return `the chain "${chain}" (table ${table}, hook ${hook})`;
}

export function capitalize(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
