import type { Phase, ProbeSpec } from '../model/scenario.js';
import { quote } from '../words/phrases.js';
import { getItems, getMember, getMembers, getSound, type Place } from './place.js';
import type { ProblemList } from './problem-list.js';
import { resolveCell, resolveProbe, type Names } from './resolve-probe.js';
import { resolveRuleSet } from './resolve-rule-set.js';
import type { Rules } from './resolve-rules.js';
import type { RulesetFiles } from './ruleset-files.js';
import { findClient, findTarget, type Parties } from './resolve-ends.js';

/** Reads the scenario's own rules, probes and matrix, and then its `phases`. */
export function resolvePhases(scenario: Place, parties: Parties, files: RulesetFiles, problems: ProblemList): Phase[] {
  const opened = new Map<string, ProbeSpec | null>();
  const made = { probes: 0 };
  const phases: Phase[] = [];
  let rules: Rules | null = null;
  const items = getItems(getMember(scenario, 'phases'));
  for (const [index, place] of [scenario, ...items].entries()) {
    const isFirst = index === 0;
    const own = resolveRuleSet(place, scenario, files, problems);
    rules = own === undefined ? rules : own.rules;
    const batches = resolveBatches(place, { ...parties, rules, opened, made }, problems);
    const name = isFirst ? null : (getSound<string>(getMember(place, 'name'), problems) ?? '');
    phases.push({ name, ruleSet: own?.ruleSet ?? null, batches });
  }
  checkNames(items, problems);
  return numberProbes(phases);
}

function resolveBatches(place: Place, names: Names, problems: ProblemList): ProbeSpec[][] {
  const probes = getItems(getMember(place, 'probes')).flatMap((item) => (problems.isFull ? [] : resolveProbe(item, names, problems)));
  return [...probes, ...resolveMatrix(getMember(place, 'matrix'), names, problems)];
}

/** A row for each client, a column for each server. */
function resolveMatrix(place: Place, names: Names, problems: ProblemList): ProbeSpec[][] {
  return getMembers(place).flatMap(([client, row]) => {
    const from = findClient(client, { ...row, at: 'key' }, names, problems);
    return getMembers(row).flatMap(([server, cell]) => {
      if (problems.isFull) {
        return [];
      }
      const to = findTarget(server, { ...cell, at: 'key' }, names, problems, from?.via);
      return resolveCell(cell, { client, server }, from !== null && to !== null ? { from, to } : null, names, problems);
    });
  });
}

function checkNames(items: Place[], problems: ProblemList): void {
  const first = new Map<string, number>();
  for (const [index, item] of items.entries()) {
    const place = getMember(item, 'name');
    const name = getSound<string>(place, problems);
    const earlier = name === undefined ? undefined : first.get(name);
    if (earlier !== undefined) {
      problems.add(place.pointer, `phase name ${quote(name ?? '')} is taken: phase ${earlier} has it`);
    } else if (name !== undefined) {
      first.set(name, index);
    }
  }
}

/** Probes count through all phases. */
function numberProbes(phases: Phase[]): Phase[] {
  let index = 0;
  return phases.map((phase) => ({ ...phase, batches: phase.batches.map((batch) => batch.map((probe) => ({ ...probe, index: index++ }))) }));
}
