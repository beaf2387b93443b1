import { WorldDocument } from '../../input/world-document.js';
import { InternalError, UsageError } from '../../model/errors.js';
import type { CheckedEvidence } from '../../model/evidence.js';
import type { Request } from '../../model/message.js';
import type { PlannedRuleSet } from '../../model/plan.js';
import type { Backend, ProbeResult, RuleResult } from '../../model/result.js';
import type { RuleSet, Scenario, ScenarioRule } from '../../model/scenario.js';
import { checkEvidence } from '../../plan/check-evidence.js';
import { listIdentities } from '../../plan/identities.js';
import { joinRules } from '../../plan/parts.js';
import { makePlan } from '../../plan/plan.js';
import type { WorldClient } from '../../sandbox/client.js';
import { addNotes } from '../notes.js';
import { isNoted } from '../probe-result.js';
import { assertAffordable, assertRulesApplicable, listRuns } from '../runs.js';
import { describeRules, EarlyResults, makeScenarioResult } from '../scenario-result.js';
import { assertIdsExist } from '../users.js';
import type { HeldFile } from '../../input/held-rules.js';
import { type HostingSandbox, RulesByHand } from './by-hand.js';
import type { RuleFile } from './control-types.js';

const NOTHING: CheckedEvidence = { natives: null, unseen: [], counters: new Map(), contradictions: [] };
const NO_RULES: RuleSet = { rules: [], natives: [], files: [] };
const NO_ADDITIONS = { sysctl: {}, routes: [], links: [] };

/** The kernel did not take what was asked for. The world is as before. */
export class ConflictError extends UsageError {
  override name = 'ConflictError';
}

/** A rule set that the world has, or will have. */
interface CurrentRules {
  ruleSet: RuleSet;
  planned: PlannedRuleSet;
}

/** The rules of a hosted world, and the probes that meet them. Probes run at the same time; rules change between them. */
export class WorldRules {
  readonly #document: WorldDocument;
  readonly #usual: Backend;
  readonly #session: WorldClient;
  #current: CurrentRules | null = null;
  /** Probes that are under way. */
  readonly #asked = new Set<Promise<unknown>>();
  /** Changes of rules, one after the other. */
  #changes: Promise<unknown> = Promise.resolve();

  /** null where no program may change the rules. */
  readonly #hands: RulesByHand | null;

  private constructor(document: WorldDocument, sandbox: HostingSandbox) {
    this.#document = document;
    this.#session = sandbox.session;
    this.#usual = getBackend(document.scenario);
    this.#hands = sandbox.namespaces.program === 'strong' ? new RulesByHand(sandbox, (files) => this.#adopt(files)) : null;
  }

  /** The requests that open the world of a document, and its rules when they are answered. @throws EnvironmentError where it is impossible */
  static plan(document: WorldDocument): { opening: Request[]; opened: (sandbox: HostingSandbox) => Promise<WorldRules> } {
    const { scenario } = document;
    assertPossible(scenario);
    const { world, servers, ipsets, phases } = makePlan(scenario, getBackend(scenario), 'full', true);
    const { ruleSet } = scenario.phases[0] ?? {};
    const planned = phases[0]?.ruleSet;
    const apply: Request[] = planned ? [{ type: 'apply', ruleSet: planned }] : [];
    return {
      opening: [
        { type: 'open', world, servers, isSandboxsOwn: true },
        ...(ipsets === '' ? [] : [{ type: 'ipsets', text: ipsets } as const]),
        ...apply,
      ],
      opened: async (sandbox) => {
        const rules = new WorldRules(document, sandbox);
        rules.#current = ruleSet && planned ? { ruleSet, planned } : null;
        await rules.#hands?.note();
        return rules;
      },
    };
  }

  /** The rules of a world that has been opened without any. */
  static makeEmpty(sandbox: HostingSandbox): WorldRules {
    return new WorldRules(WorldDocument.parse({}, 'world'), sandbox);
  }

  /** What is to be said of rules that were changed by hand; null for nothing. */
  takeNotice(): string | null {
    return this.#hands?.takeNotice() ?? null;
  }

  /** The rules of iptables that are in force. Native ones are known to the kernel only. */
  get all(): ScenarioRule[] {
    return this.#current?.ruleSet.rules ?? [];
  }

  /** HostedWorld.setRules() */
  async set(rules: unknown): Promise<void> {
    const ruleSet = this.#document.readRules(rules);
    await this.#change(() => this.#replaceAll(ruleSet));
  }

  /** HostedWorld.setRuleFiles() */
  async setFiles(files: RuleFile[]): Promise<void> {
    const ruleSet = this.#document.readRuleFiles(files);
    await this.#change(() => this.#replaceAll(ruleSet));
  }

  /** HostedWorld.listRules() */
  async list(): Promise<RuleResult[]> {
    const current = await this.#change(() => this.#getCurrent());
    // Where the kernel holds what loopfw cannot read, it has no counters of the earlier rules.
    const checked = this.#hands?.isUnknown === true ? NOTHING : await this.#readEvidence(current);
    return describeRules({ phase: null, rules: joinRules(current.ruleSet.rules, checked.natives?.flat() ?? null), checked });
  }

  /** HostedWorld.probe() */
  async probe(probe: unknown): Promise<ProbeResult> {
    const current = await this.#change(() => this.#getCurrent());
    const scenario = this.#document.readProbe(probe, current.ruleSet);
    assertPossible(scenario);
    const [plan] = makePlan(scenario, this.#usual, 'proof', true).phases.flatMap(({ flows }) => flows.flatMap(({ probes }) => probes));
    if (plan === undefined) {
      throw new UsageError('a probe with "count" or "parallel" is several: ask for one after the other');
    }
    const startedAt = new Date().toISOString();
    const asked = this.#session.request({ type: 'ask', probe: plan });
    this.#asked.add(asked);
    const reply = await asked.finally(() => this.#asked.delete(asked));
    // Packets of programs are in the counters and not in the trace, so that the one does not check the other.
    const hasNone = current.ruleSet.natives.length === 0 || this.#hands?.isUnknown === true;
    const checked = hasNone ? NOTHING : { ...(await this.#readEvidence(current)), contradictions: [] };
    const [run] = listRuns([scenario], [this.#usual]);
    if (run === undefined) {
      throw new InternalError('a world without a back end');
    }
    const identities = listIdentities(scenario, run.backend);
    const early = new EarlyResults(scenario, identities);
    const observed = {
      world: NO_ADDITIONS,
      controls: new Map(),
      replies: [reply],
      evidence: [],
      capture: null,
      counters: { before: [], after: [] },
    };
    const result = makeScenarioResult(scenario, { ...run, startedAt, durationMs: 0, identities }, observed, early, [checked]);
    const noted = addNotes(run, result, observed, early.offers, [checked], false).probes.find((judged) => isNoted(judged, false));
    const [judged] = noted === undefined ? result.probes : [noted];
    if (judged === undefined) {
      throw new InternalError('a probe without a result');
    }
    return judged;
  }

  async #readEvidence({ planned }: CurrentRules): Promise<CheckedEvidence> {
    return checkEvidence(planned, await this.#session.request({ type: 'evidence', isLast: false }));
  }

  /** Does something after the changes of rules so far. */
  #change<Value>(work: () => Promise<Value>): Promise<Value> {
    const done = this.#changes.then(work);
    this.#changes = done.catch(() => {});
    return done;
  }

  /** Takes over what was changed by hand, and replaces it with the rest: so nothing of it is left. */
  async #replaceAll(ruleSet: RuleSet): Promise<void> {
    await this.#hands?.takeOver();
    await this.#replace(ruleSet);
    this.#hands?.forget();
  }

  /** The rules of the world. Without any, an empty rule set is applied first: it has what shows the packets of probes. */
  async #getCurrent(): Promise<CurrentRules> {
    await this.#hands?.takeOver();
    return this.#current ?? (await this.#replace(NO_RULES));
  }

  /** Puts the rules into force that the kernel holds. */
  async #adopt(files: HeldFile[]): Promise<void> {
    const ruleSet = this.#document.readHeldRules(files, this.#usual);
    if (this.#current === null) {
      await this.#replace(NO_RULES); // a rule set that replaces none would be added to what is there
    }
    await this.#replace(ruleSet);
  }

  async #replace(ruleSet: RuleSet): Promise<CurrentRules> {
    const before = this.#current;
    const next = this.#plan(ruleSet, before?.ruleSet ?? null);
    await Promise.allSettled(this.#asked); // a probe meets one rule set
    try {
      await this.#session.request({ type: 'apply', ruleSet: next.planned });
    } catch (error) {
      if (before !== null) {
        await this.#session.request({ type: 'apply', ruleSet: this.#plan(before.ruleSet, ruleSet).planned });
      }
      throw new ConflictError(`the kernel did not take these rules, and the earlier ones are in force: ${(error as Error).message}`);
    }
    this.#current = next;
    await this.#hands?.note();
    return next;
  }

  /** Plans a rule set that replaces another: what that one has left is emptied. */
  #plan(ruleSet: RuleSet, before: RuleSet | null): CurrentRules {
    const { scenario } = this.#document;
    const phase = { name: null, conntrack: 'keep' as const, batches: [] };
    const phases = [...(before === null ? [] : [before]), ruleSet].map((each) => ({ ...phase, ruleSet: each }));
    const following = { ...scenario, phases };
    assertPossible(following);
    const planned = makePlan(following, this.#usual, 'proof', true).phases.at(-1)?.ruleSet;
    if (!planned) {
      throw new InternalError('a rule set without a plan');
    }
    return { ruleSet, planned };
  }
}

/** @throws EnvironmentError where this machine cannot make the world, the rules or the probes of a scenario */
function assertPossible(scenario: Scenario): void {
  assertRulesApplicable(listRuns([scenario], [getBackend(scenario)]));
  assertAffordable([scenario]);
  assertIdsExist(scenario, { keepsUser: true });
}

/** A world has one back end for the rules that name none: the first of its scenario. */
function getBackend({ backends: [first] }: Scenario): Backend {
  return first ?? 'nft';
}
