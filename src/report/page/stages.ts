import type { Packet, PacketEnds, RuleResult, Step } from '../../model/result.js';

export type Hook = Step['hook'];

/** A hook on the way of a packet, with what the packet met there. routing: it decided after the hooks before. */
export interface Stage {
  hook: Hook | 'routing';
  /** empty: the packet passed, and there is no rule of the scenario. unreached: the packet had ended before. */
  kind: 'met' | 'empty' | 'unreached';
  entries: Entry[];
  end: 'drop' | 'reject' | 'lost' | null;
}

/** A rule or a policy of a stage that did something with the packet. */
export interface Entry {
  table: string;
  /** The chains that led to it, from the chain of the hook on. */
  trail: string[];
  /** The index of the rule; null for a policy. */
  rule: number | null;
  verdict: 'accept' | 'drop' | 'reject' | 'continue';
  rewrites: PacketEnds | null;
}

/** The hooks where most rule sets judge a packet. They are shown without a rule, too. */
const MAIN: Stage['hook'][] = ['output', 'forward', 'input'];

/**
 * The stages of a packet in their order. The jumps of a table become the trail of the rule that they led to. Left out are chains that are
 * there for the trace alone, and policies of chains without a rule.
 *
 * @param path the hooks between sender and receiver; empty if they are not known
 */
export function listStages({ steps, fate }: Packet, path: Hook[], rules: RuleResult[]): Stage[] {
  const filled = new Set(rules.map(({ table, chain }) => `${table} ${chain}`));
  const stages: Stage[] = [];
  let state: { table: string; trail: string[]; isOver: boolean } | null = null;
  for (const step of steps) {
    let stage = stages.at(-1);
    if (stage?.hook !== step.hook) {
      stage = { hook: step.hook, kind: 'empty', entries: [], end: null };
      stages.push(stage);
      state = null;
    }
    const trail: string[] = state === null || state.table !== step.table || state.isOver ? [step.chain] : follow(state.trail, step.chain);
    state = { table: step.table, trail, isOver: step.verdict === 'accept' };
    const entry = toEntry(step, trail, filled);
    if (entry !== null) {
      stage.kind = 'met';
      stage.entries.push(entry);
      stage.end = entry.verdict === 'drop' || entry.verdict === 'reject' ? entry.verdict : stage.end;
    }
  }
  return addUnseen(stages, path, fate);
}

function toEntry(step: Step, trail: string[], filled: Set<string>): Entry | null {
  const { table, rule, verdict, own, rewrites = null } = step;
  if (verdict === 'jump' || verdict === 'goto' || verdict === 'return') {
    return null;
  }
  const isEmptyPolicy = rule === null && verdict === 'accept' && !filled.has(`${table} ${trail[0]}`);
  return own || isEmptyPolicy ? null : { table, trail, rule, verdict, rewrites };
}

/** The trail to a chain: back to it where it is on the trail already. */
function follow(trail: string[], chain: string): string[] {
  const place = trail.indexOf(chain);
  return place === -1 ? [...trail, chain] : trail.slice(0, place + 1);
}

/** Adds routing where it ended the packet, and the main hooks without a step. The others without a rule of the scenario are left out. */
function addUnseen(stages: Stage[], path: Hook[], fate: Packet['fate']): Stage[] {
  const shown = stages.filter(({ hook, kind }) => kind === 'met' || MAIN.includes(hook));
  if (fate === 'lost') {
    return [...shown, { hook: 'routing', kind: 'met', entries: [], end: 'lost' }];
  }
  const isOver = stages.some(({ end }) => end !== null);
  if (!isOver && fate !== 'arrived') {
    return shown;
  }
  const last = path.findLastIndex((hook) => stages.some((stage) => stage.hook === hook));
  const isShown = (hook: Hook) => MAIN.includes(hook) || (isOver && path.includes('forward'));
  const unseen = path.slice(last + 1).filter(isShown);
  return [...shown, ...unseen.map((hook): Stage => ({ hook, kind: isOver ? 'unreached' : 'empty', entries: [], end: null }))];
}
