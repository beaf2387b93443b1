import type { Mutant, MutatedRule, Mutation } from '../../model/mutation.js';
import { makeHarmless } from '../../words/harmless.js';
import { countNoun } from '../../words/phrases.js';
import { getBaseName } from '../../words/rule-name.js';
import { type Screen, wrap } from '../shared/layout.js';
import { countMutants, getScore, joinMutants } from './mutation-counts.js';

/** A rule, and its mutants of which no probe takes notice. */
export interface Survivors {
  rule: MutatedRule;
  mutants: Mutant[];
}

/** The report of `loopfw mutate` for people: the score, and what nobody would notice. */
export function reportMutation(mutation: Mutation, { paint, columns }: Screen): string {
  const mutants = joinMutants(mutation);
  const survivors = listSurvivors(mutants);
  const say = (text: string, indent = '') => wrap(makeHarmless(text), indent, { columns }, `${indent}  `);
  const [headline = '', ...rest] = summarizeMutation(mutation);
  return [
    paint.bold(say(headline)),
    ...rest.map((text) => say(text)),
    ...(survivors.length === 0 ? [] : ['', paint.bold('nobody would notice if …')]),
    ...survivors.flatMap(({ rule, mutants: own }) => [
      say(`${nameMutated(rule)}  ${rule.text}`, '  '),
      ...own.flatMap((mutant) => [
        say(`… ${mutant.change}`, '      '),
        ...describeSuggestion(mutant).map((text, place) => (place === 0 ? say(text, '          ') : paint.dim(say(text, '          ')))),
      ]),
    ]),
    '',
  ].join('\n');
}

/** The counts of a mutation, in sentences. The first has the score. */
export function summarizeMutation(mutation: Mutation): string[] {
  const mutants = joinMutants(mutation);
  const { noticed, unnoticed, equivalent, untested, invalid, unsure } = countMutants(mutants);
  const met = mutants.length - untested;
  const pinned = mutants.filter(({ status, isPinned }) => status === 'noticed' && isPinned).length;
  const only = pinned === 0 ? '' : ` (${pinned} only by a pinned cause or rule)`;
  return [
    `${met} of ${countNoun(mutants.length, 'mutant')} met a probe: ${noticed} noticed${only}, ${unnoticed} not, ${equivalent} with no packet found that differs; score ${showScore(getScore(mutants))}, ${(mutation.durationMs / 1000).toFixed(1)} s`,
    ...(untested === 0
      ? []
      : [`not tested: ${countNoun(untested, 'mutant')} of rules that no probe meets (loopfw run --coverage says which probes would)`]),
    ...(invalid === 0 ? [] : [`left out: ${countNoun(invalid, 'mutant')} that the kernel does not take`]),
    ...(unsure === 0 ? [] : [`left out: ${countNoun(unsure, 'mutant')} of which the evidence was not enough for a verdict`]),
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
    const { file, line, text } = mutant.rule;
    const key = JSON.stringify([file, line, text]);
    const known = byRule.get(key) ?? { rule: mutant.rule, mutants: [] };
    known.mutants.push(mutant);
    byRule.set(key, known);
  }
  return [...byRule.values()];
}

/** `rules.v4:72`; a policy of a scenario has no line. */
export function nameMutated({ file, line }: MutatedRule): string {
  return line === null ? getBaseName(file) : `${getBaseName(file)}:${line}`;
}

/** The probe that would notice, what it sees, and what else its scenario needs. */
export function describeSuggestion({ suggestion }: Mutant): string[] {
  if (suggestion === null) {
    return [];
  }
  const { probe, adds, today, mutated } = suggestion;
  return [
    `add: ${printJson(probe)}`,
    ...Object.entries(adds ?? {}).map(([key, value]) => `with, in ${key}: ${printJson(value)}`),
    `today ${today}; then ${mutated} (both seen on the kernel)`,
  ];
}

/** JSON in one line, as people write it. */
function printJson(value: unknown): string {
  return JSON.stringify(value, null, 1).replace(/\n\s*/g, ' ');
}
