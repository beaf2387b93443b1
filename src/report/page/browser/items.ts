import type { ProbeResult, Result, RuleResult, ScenarioResult, Status } from '../../../model/result.js';
import { getRuleSet, nameScenario } from '../../shared/labels.js';
import { tellObserved } from '../words.js';

/** A scenario in the list. */
export interface ScenarioItem {
  scenario: ScenarioResult;
  name: string;
  probes: ProbeItem[];
}

/** A probe in the list. */
export interface ProbeItem {
  probe: ProbeResult;
  parent: ScenarioItem;
  /** With its phase: `after · tester → web` */
  name: string;
  /** What a search looks at, in lower case; null before the first search. */
  text: string | null;
}

export interface Filter {
  status: Status | null;
  tag: string | null;
  query: string;
}

export function listItems({ scenarios }: Result): ScenarioItem[] {
  return scenarios.map((scenario) => {
    const item: ScenarioItem = { scenario, name: nameScenario(scenario), probes: [] };
    item.probes = scenario.probes.map((probe) => ({ probe, parent: item, name: nameProbe(probe), text: null }));
    return item;
  });
}

function nameProbe({ phase, name, index }: ProbeResult): string {
  const own = name.trim() === '' ? `probe ${index}` : name;
  return phase === null ? own : `${phase} · ${own}`;
}

function getText(item: ProbeItem): string {
  const { probe, parent, name } = item;
  const { from, to, protocol, rule, status } = probe;
  const { file, tags } = parent.scenario;
  item.text ??= [name, parent.name, file, ...tags, from, to, protocol, tellObserved(probe), status, rule?.name ?? '', rule?.text ?? '']
    .join('\n')
    .toLowerCase();
  return item.text;
}

/** The probes that a filter leaves. Every word of the query must be there. */
export function filterProbes(items: ScenarioItem[], { status, tag, query }: Filter): ProbeItem[] {
  const words = query
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  return items
    .filter(({ scenario }) => tag === null || scenario.tags.includes(tag))
    .flatMap(({ probes }) => probes)
    .filter((item) => (status === null || item.probe.status === status) && words.every((word) => getText(item).includes(word)));
}

const ruleSets = new WeakMap<ScenarioResult, Map<string | null, RuleResult[]>>();

/** The rules that judged a probe. They are the same array for all probes of a phase. */
export function getRules({ probe: { phase }, parent: { scenario } }: ProbeItem): RuleResult[] {
  const known = ruleSets.get(scenario) ?? new Map<string | null, RuleResult[]>();
  ruleSets.set(scenario, known);
  const rules = known.get(phase) ?? getRuleSet(scenario, phase);
  known.set(phase, rules);
  return rules;
}

/** The probes of the same rule set with a packet that met the rule. */
export function listMeeting(item: ProbeItem, rule: number): ProbeItem[] {
  const rules = getRules(item);
  return item.parent.probes.filter(
    (other) => getRules(other) === rules && other.probe.journey.some(({ steps }) => steps.some((step) => step.rule === rule)),
  );
}
