import type { Mutant, MutatedRule, Mutation, MutationSuggestion } from '../../model/insight/mutation.js';
import { makeHarmless } from '../../words/harmless.js';
import { printInlineJson } from '../../words/inline-json.js';
import { countNoun } from '../../words/phrases.js';
import { getBaseName } from '../../words/rule-name.js';
import { type Screen, wrap } from '../shared/layout.js';
import { countMutants, getScore, joinMutants } from './mutation-counts.js';

/** A rule, and its changes of which no probe takes notice. */
export interface Survivors {
  rule: MutatedRule;
  /** Those that one probe would notice are together. */
  groups: { suggestion: MutationSuggestion | null; mutants: Mutant[] }[];
}

const RULE = ' '.repeat(2);
const CHANGE = ' '.repeat(6);
const PROBE = ' '.repeat(10);
/** Causes of what gets through. */
const OPEN = ['connected', 'closed', 'service', 'no-listener'];

/**
 * The report of `loopfw mutate` for people: the score, and what nobody would notice.
 * @param write the command that adds the probes; null: they are added, or have no file
 */
export function reportMutation(mutation: Mutation, { paint, columns }: Screen, write: string | null = null): string {
  const survivors = listSurvivors(joinMutants(mutation));
  const say = (text: string, indent = '') => wrap(makeHarmless(text), indent, { columns }, `${indent}  `);
  const [headline = '', ...rest] = summarizeMutation(mutation);
  const shown = new Map<string, string>();
  const showProbe = (suggestion: MutationSuggestion, rule: MutatedRule): string[] => {
    const lines = toLines(suggestion);
    const known = shown.get(lines.join());
    shown.set(lines.join(), known ?? nameMutated(rule));
    // Lines of JSON are never broken, so that they can be copied.
    return known === undefined ? lines.map((line) => PROBE + makeHarmless(line)) : [say(`add the same probe as for ${known}`, PROBE)];
  };
  return [
    paint.bold(say(headline)),
    ...rest.map((text) => say(text)),
    ...(survivors.length === 0 ? [] : ['', paint.bold('nobody would notice if …')]),
    ...survivors.flatMap(({ rule, groups }) => [
      say(`${nameMutated(rule)}  ${rule.text}`, RULE),
      ...groups.flatMap(({ suggestion, mutants }) => [
        ...mutants.map(({ change }) => say(`… ${change}`, CHANGE)),
        ...(suggestion === null
          ? []
          : [...showProbe(suggestion, rule), (opens(suggestion) ? paint.warn : paint.dim)(say(tellSeen(suggestion), PROBE))]),
      ]),
    ]),
    ...(write === null || shown.size === 0 ? [] : ['', `${paint.bold('add them:')} ${write}`]),
    '',
  ].join('\n');
}

/** The counts of a mutation, in sentences. The first has the score. */
export function summarizeMutation(mutation: Mutation): string[] {
  const mutants = joinMutants(mutation);
  const { noticed, unnoticed, equivalent, untested, invalid, unsure } = countMutants(mutants);
  const pinned = mutants.filter(({ status, isPinned }) => status === 'noticed' && isPinned).length;
  const only = pinned === 0 ? '' : ` (${pinned} only by a pinned cause or rule)`;
  const seconds = `${(mutation.durationMs / 1000).toFixed(1)} s`;
  return [
    `score ${showScore(getScore(mutants))}: ${noticed} changes noticed${only}, ${unnoticed} not (${countNoun(mutants.length, 'mutant')}, ${seconds})`,
    ...(equivalent === 0 ? [] : [`${equivalent} more change nothing: no packet was found that tells them apart`]),
    ...(untested === 0 ? [] : [`not tested: ${untested} of rules that no probe meets (loopfw run --coverage says which probes would)`]),
    ...(invalid === 0 ? [] : [`left out: ${invalid} that the kernel does not take`]),
    ...(unsure === 0 ? [] : [`left out: ${unsure} of which the evidence was not enough for a verdict`]),
    ...mutation.scenarios.flatMap(({ notMutated }) => notMutated).map((text) => `not changed: ${text}`),
  ];
}

/** `79 %`; rounded down, so that 100 % means all. */
export function showScore(score: number | null): string {
  return score === null ? 'none' : `${Math.floor(score)} %`;
}

/** The rules of which a change is not noticed, in their order. */
export function listSurvivors(mutants: Mutant[]): Survivors[] {
  const byRule = new Map<string, Survivors>();
  for (const mutant of mutants.filter(({ status }) => status === 'unnoticed')) {
    const { rule, suggestion } = mutant;
    const key = JSON.stringify([rule.file, rule.line, rule.text]);
    const known = byRule.get(key) ?? { rule, groups: [] };
    byRule.set(key, known);
    const group = known.groups.find((own) => JSON.stringify(own.suggestion) === JSON.stringify(suggestion));
    if (group === undefined) {
      known.groups.push({ suggestion, mutants: [mutant] });
    } else {
      group.mutants.push(mutant);
    }
  }
  return [...byRule.values()];
}

/** `rules.v4:72`; a policy of a scenario has no line. */
export function nameMutated({ file, line }: MutatedRule): string {
  return line === null ? getBaseName(file) : `${getBaseName(file)}:${line}`;
}

/** The probe that would notice, and what else its scenario needs. */
export function toLines({ probe, adds }: MutationSuggestion): string[] {
  return [`add: ${printInlineJson(probe)}`, ...Object.entries(adds ?? {}).map(([key, value]) => `in ${key}: ${printInlineJson(value)}`)];
}

export function tellSeen({ today, mutated }: MutationSuggestion): string {
  return `today ${today}; then ${mutated} (both seen on the kernel)`;
}

/** Whether the change lets something through that nobody notices. */
function opens({ today, mutated }: MutationSuggestion): boolean {
  return OPEN.includes(mutated) && !OPEN.includes(today);
}
