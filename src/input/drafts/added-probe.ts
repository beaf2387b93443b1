import type { SuggestedAdditions, SuggestedProbe } from '../../model/result.js';
import { isObject } from '../json/document.js';
import { findValue } from '../json/edit.js';
import { insert } from '../json/insert.js';
import { printInlineJson } from '../../words/inline-json.js';

/** A probe that is added to a scenario, with what the scenario needs for it. */
export interface AddedProbe {
  /** The phase that gets it; null: the scenario's own probes. */
  phase: string | null;
  probe: SuggestedProbe & { timeoutMs?: number };
  adds: SuggestedAdditions | null;
}

/** The members of a scenario that additions have, and those that they may follow, the nearest first. */
const ADDED_KEYS = {
  interfaces: ['ruleset', 'rules', 'name'],
  sysctl: ['interfaces', 'ruleset', 'rules', 'name'],
  servers: ['sysctl', 'interfaces', 'ruleset', 'rules', 'name'],
  clients: ['servers', 'interfaces', 'ruleset', 'rules', 'name'],
} as const;
const KEYS = ['interfaces', 'sysctl', 'servers', 'clients'] as const;

/** The scenario with a further probe, as the last one of its list. What it has already stays as it is. */
export function addProbe(scenario: unknown, { phase, probe, adds }: AddedProbe): unknown {
  if (!isObject(scenario)) {
    return scenario;
  }
  const added = KEYS.flatMap((key): [string, unknown][] => {
    const own = scenario[key];
    const further = adds?.[key];
    return further === undefined ? [] : [[key, { ...further, ...(isObject(own) ? own : {}) }]];
  });
  const changed = { ...scenario, ...Object.fromEntries(added) };
  const phases = Array.isArray(scenario['phases']) ? (scenario['phases'] as unknown[]) : [];
  return phase === null
    ? append(changed, probe)
    : { ...changed, phases: phases.map((own) => (isObject(own) && own['name'] === phase ? append(own, probe) : own)) };
}

function append(owner: Record<string, unknown>, probe: AddedProbe['probe']): Record<string, unknown> {
  const probes = Array.isArray(owner['probes']) ? (owner['probes'] as unknown[]) : [];
  return { ...owner, probes: [...probes, probe] };
}

/**
 * Does the same in the text of a scenario file. Comments and layout stay as they are.
 * @param scenario where the scenario is in the file: [], or its place in the list of scenarios
 */
export function addProbeToText(text: string, scenario: (string | number)[], { phase, probe, adds }: AddedProbe): string {
  const withParties = KEYS.reduce((edited, key) => addMembers(edited, scenario, key, adds?.[key] ?? {}), text);
  const phases = findValue(withParties, [...scenario, 'phases'])?.value;
  const place = Array.isArray(phases) ? phases.findIndex((own: unknown) => isObject(own) && own['name'] === phase) : -1;
  const owner = phase === null ? scenario : [...scenario, 'phases', place];
  const printed = printInlineJson(probe);
  if (findValue(withParties, [...owner, 'probes']) !== undefined) {
    return insert(withParties, [...owner, 'probes'], printed);
  }
  // Where the file has lines, each probe gets one.
  return withParties.trimEnd().includes('\n')
    ? insert(insert(withParties, owner, '"probes": []'), [...owner, 'probes'], printed)
    : insert(withParties, owner, `"probes": [${printed}]`);
}

function addMembers(text: string, scenario: (string | number)[], key: (typeof KEYS)[number], members: Record<string, unknown>): string {
  return Object.entries(members).reduce((edited, [name, value]) => {
    const own = findValue(edited, [...scenario, key]);
    if (own === undefined) {
      const behind = ADDED_KEYS[key].find((each) => findValue(edited, [...scenario, each]) !== undefined);
      return insert(edited, scenario, `${JSON.stringify(key)}: ${printInlineJson({ [name]: value })}`, behind);
    }
    const isThere = isObject(own.value) && Object.hasOwn(own.value, name);
    return isThere ? edited : insert(edited, [...scenario, key], `${JSON.stringify(name)}: ${printInlineJson(value)}`);
  }, text);
}
