import type { PhaseInput } from '../../../model/scenario-file.js';
import type { Phase, ProbeSpec } from '../../../model/scenario.js';
import type { Place } from '../../json/document.js';
import { collectNames } from '../../json/unique-names.js';
import type { RulesetFiles } from '../../ruleset-files.js';
import { findClient, findTargets, pairEnds, type Parties } from '../parties/ends.js';
import { resolveRuleSet } from '../rules/rule-set.js';
import type { Rules } from '../rules/rules.js';
import { type ProbeScope, resolveCell, resolveProbe } from './probe.js';

/** Reads all phases of a scenario. The first one has the scenario's own rules, probes and matrix; those of `phases` follow. */
export function resolvePhases(scenario: Place, parties: Parties, files: RulesetFiles): Phase[] {
  const opened = new Map<string, ProbeSpec | null>();
  const made = { probes: 0 };
  const phases: Phase[] = [];
  let rules: Rules | null = null;
  const items = scenario.member('phases').items();
  for (const [index, place] of [scenario, ...items].entries()) {
    const isFirst = index === 0;
    const own = resolveRuleSet(place, scenario, files);
    rules = own === undefined ? rules : own.rules;
    const batches = resolveBatches(place, { ...parties, rules, opened, made });
    const name = isFirst ? null : (place.member('name').read<string>() ?? '');
    const conntrack = (isFirst ? undefined : place.member('conntrack').read<PhaseInput['conntrack']>()) ?? 'keep';
    phases.push({ name, ruleSet: own?.ruleSet ?? null, conntrack, batches });
  }
  collectNames('phase', items, (index) => `phase ${index}`);
  return numberProbes(phases);
}

function resolveBatches(place: Place, names: ProbeScope): ProbeSpec[][] {
  const items = place.member('probes').items();
  const probes = items.flatMap((item) => (place.problems.isFull ? [] : resolveProbe(item, names)));
  return [...probes, ...resolveMatrix(place.member('matrix'), names)];
}

/** Reads a truth table: one row for each client, one column for each server. */
function resolveMatrix(place: Place, names: ProbeScope): ProbeSpec[][] {
  return place.members().flatMap(([client, row]) => {
    const from = findClient(client, row.key, names);
    return row.members().flatMap(([server, cell]) => {
      if (place.problems.isFull) {
        return [];
      }
      const targets = findTargets(server, cell.key, names, from?.via);
      return resolveCell(cell, { client, server }, from !== null && targets !== null ? pairEnds(from, targets) : null, names);
    });
  });
}

/**
 * Numbers the probes. The numbers run on through all phases. `resultIndex` is now the place of a probe among those to one name; they get
 * one number together.
 */
function numberProbes(phases: Phase[]): Phase[] {
  let [index, resultIndex] = [0, -1];
  const number = (probe: ProbeSpec): ProbeSpec => {
    resultIndex += probe.resultIndex === 0 ? 1 : 0;
    return { ...probe, index: index++, resultIndex };
  };
  return phases.map((phase) => ({ ...phase, batches: phase.batches.map((batch) => batch.map(number)) }));
}
