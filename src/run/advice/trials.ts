import { listProbes } from '../../input/scenario/probes/list.js';
import type { Advice, Remedy } from '../../model/advice.js';
import type { Patience } from '../../model/plan.js';
import type { AdviceTrial, ProbeResult, ScenarioResult } from '../../model/result.js';
import type { ProbeSpec, RuleSet, Scenario } from '../../model/scenario.js';
import { applyRemedy, findRuleSetPhase } from '../../plan/remedy/apply.js';
import { mayMeetChance } from '../../plan/remedy/chance.js';
import type { WorldClient } from '../../sandbox/client.js';
import type { Offers } from '../probe-result.js';
import { runScenario } from '../run-scenario.js';
import type { Run } from '../runs.js';
import { isAsExpected, listChanged, withoutNumbers } from './comparison.js';

/** A trial takes as long as the scenario itself, so there are not many of them. What is left is not tried. */
const MOST_TRIALS = 20;
/** No trial begins later than this after the first one. */
const MOST_MS = 10_000;

/** These change the numbers of native rules, which follow from their order in the kernel. */
const RENUMBERING: Remedy['kind'][] = ['insert-nft', 'move-line'];

/** untried: it is not known whether the change helps. useless: it cannot be made, so it does not help. */
type Trial = { kind: 'untried' } | { kind: 'useless' } | { kind: 'done'; result: ScenarioResult };

/** A probe of the scenario, what it did, and the rule set that it met. */
interface Tried {
  place: number;
  spec: ProbeSpec;
  seen: ProbeResult;
}

/**
 * Tries the advice of a scenario's probes. What an advice would change is applied to the scenario, and the whole of it runs again in a world
 * of its own. The result has the advice with which a probe passes, first one that changes no other passed probe. An advice that does not help
 * is left out.
 */
export async function tryAdvice(
  scenario: Scenario,
  run: Pick<Run, 'usual' | 'backend'>,
  { result, offers }: { result: ScenarioResult; offers: Offers },
  world: WorldClient,
  patience: Patience,
): Promise<ScenarioResult> {
  const specs = listProbes(scenario);
  const open = result.probes.flatMap((seen, place): Tried[] => {
    const spec = specs[place];
    return spec !== undefined && isTriable(seen) && (offers.get(spec.index) ?? []).some(({ remedy }) => remedy !== null)
      ? [{ place, spec, seen }]
      : [];
  });
  // A program may keep files, so a second run of it would not begin as the first one.
  if (open.length === 0 || scenario.servers.some(({ command }) => command !== null)) {
    return result;
  }
  const trials = new Trials(scenario, run, world, patience);
  const probes = [...result.probes];
  for (const tried of open) {
    const chosen = await choose(tried, offers.get(tried.spec.index) ?? [], result, trials);
    probes[tried.place] = { ...tried.seen, ...chosen };
  }
  return { ...result, probes };
}

/** A probe without an expectation passes in any case, so that a trial says nothing of it. */
function isTriable({ status, expected }: ProbeResult): boolean {
  return (status === 'failed' || status === 'inconclusive') && Object.keys(expected).length > 0;
}

/** Chooses the advice of a probe: one that helps, otherwise one that helps and changes more, otherwise one that was not tried. */
async function choose(
  { place, spec, seen }: Tried,
  offered: Advice[],
  result: ScenarioResult,
  trials: Trials,
): Promise<{ advice: string | null; adviceTrial: AdviceTrial | null }> {
  let changing: { advice: string; adviceTrial: AdviceTrial } | null = null;
  let untried: string | null = null;
  for (const { text, remedy } of offered) {
    const trial: Trial = remedy === null || trials.isChance(spec, seen) ? { kind: 'untried' } : await trials.get(remedy, spec);
    if (trial.kind !== 'done') {
      untried ??= trial.kind === 'untried' ? text : null;
      continue;
    }
    const now = trial.result.probes[place];
    if (now?.observed == null || !isAsExpected(now, seen, result.rules)) {
      continue;
    }
    if (trials.isChance(spec, now)) {
      untried ??= text;
      continue;
    }
    const changed = listChanged(result, trial.result, (at, probe) => trials.isChanceAt(at, probe));
    const { outcome, elapsedMs } = now.observed;
    const adviceTrial: AdviceTrial = { outcome, elapsedMs, changed };
    if (changed.length === 0) {
      return { advice: text, adviceTrial };
    }
    changing ??= { advice: text, adviceTrial };
  }
  return changing ?? { advice: untried, adviceTrial: null };
}

/** The trials of one run of a scenario. Equal changes are tried once. */
class Trials {
  readonly #done = new Map<string, Trial>();
  readonly #scenario: Scenario;
  readonly #specs: ProbeSpec[];
  readonly #run: Pick<Run, 'usual' | 'backend'>;
  readonly #world: WorldClient;
  readonly #patience: Patience;
  readonly #started = performance.now();
  #hasEnded = false;

  constructor(scenario: Scenario, run: Pick<Run, 'usual' | 'backend'>, world: WorldClient, patience: Patience) {
    this.#scenario = scenario;
    this.#specs = listProbes(scenario);
    this.#run = run;
    this.#world = world;
    this.#patience = patience;
  }

  async get(remedy: Remedy, probe: ProbeSpec): Promise<Trial> {
    const key = JSON.stringify([remedy, ...this.#getScope(remedy, probe)]);
    const known = this.#done.get(key);
    if (known !== undefined) {
      return known;
    }
    if (this.#hasEnded || this.#done.size >= MOST_TRIALS || performance.now() - this.#started > MOST_MS) {
      return { kind: 'untried' };
    }
    const trial = await this.#try(remedy, probe);
    this.#done.set(key, trial);
    return trial;
  }

  /** What a change depends on besides itself. */
  #getScope({ kind }: Remedy, probe: ProbeSpec): number[] {
    return kind === 'wait' || kind === 'flush' ? [probe.index] : [findRuleSetPhase(this.#scenario, probe)];
  }

  async #try(remedy: Remedy, probe: ProbeSpec): Promise<Trial> {
    const changed = applyRemedy(this.#scenario, probe, remedy);
    if (changed === null) {
      return { kind: 'useless' };
    }
    const scenario = RENUMBERING.includes(remedy.kind) ? withoutNumbers(changed) : changed;
    const { result } = await runScenario(scenario, this.#run, this.#world, { patience: this.#patience });
    // The sandbox has ended: because of the user, as a rule.
    this.#hasEnded ||= result.error?.code === 'internal';
    return this.#hasEnded ? { kind: 'untried' } : result.error === null ? { kind: 'done', result } : { kind: 'useless' };
  }

  /** Whether chance or a rate may have decided on the packets of a probe. */
  isChance(probe: ProbeSpec, { journey }: Pick<ProbeResult, 'journey'>): boolean {
    return mayMeetChance(this.#getRuleSet(probe), journey);
  }

  isChanceAt(place: number, seen: Pick<ProbeResult, 'journey'>): boolean {
    const spec = this.#specs[place];
    return spec !== undefined && this.isChance(spec, seen);
  }

  #getRuleSet(probe: ProbeSpec): RuleSet {
    return this.#scenario.phases[findRuleSetPhase(this.#scenario, probe)]?.ruleSet ?? { rules: [], natives: [], files: [] };
  }
}
