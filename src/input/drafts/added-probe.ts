import type { SuggestedAdditions, SuggestedProbe } from '../../model/result.js';
import { isObject } from '../json/document.js';

/** A probe that is added to a scenario, with what the scenario needs for it. */
export interface AddedProbe {
  /** The phase that gets it; null: the scenario's own probes. */
  phase: string | null;
  probe: SuggestedProbe & { timeoutMs?: number };
  adds: SuggestedAdditions | null;
}

/** The members of a scenario that additions have. */
const ADDED_KEYS = ['interfaces', 'sysctl', 'servers', 'clients'] as const;

/** The scenario with a further probe, as the last one of its list. What it has already stays as it is. */
export function addProbe(scenario: unknown, { phase, probe, adds }: AddedProbe): unknown {
  if (!isObject(scenario)) {
    return scenario;
  }
  const added = ADDED_KEYS.flatMap((key): [string, unknown][] => {
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
