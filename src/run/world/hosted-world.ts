import type { WorldDocument } from '../../input/world-document.js';
import type { Request } from '../../model/message.js';
import type { Fault } from '../../model/program.js';
import type { ProbeResult, RuleResult } from '../../model/result.js';
import { planFault } from '../../plan/faults/plan.js';
import { launchSandbox, type Sandbox } from '../../sandbox/launch.js';
import { assertThreads } from '../../sandbox/machine/limits.js';
import type { FaultInWorld, RuleFile, ServerInWorld, TouchedFault } from './control-types.js';
import type { JourneyInWorld } from './journey.js';
import type { WorldRules } from './rules.js';

/** What a world of programs is made of. */
export interface HostedWorldOptions {
  /** Its servers, rules and interfaces; null: nothing but lo. */
  document: WorldDocument | null;
  /** Whether its servers may be programs. */
  startsPrograms: boolean;
  /** Whether its programs may change the network and the rules of the world. */
  allowsNetAdmin: boolean;
  faults: Fault[];
  /** Ends the launch before the world is open. */
  signal?: AbortSignal | undefined;
}

/** A fault of a world, by its number. */
interface NumberedFault {
  id: number;
  fault: Fault;
  isHealed: boolean;
}

/**
 * A world in which programs run, while faults, rules and probes come and go. It lives in a sandbox of its own, and ends with it.
 * Every change is in force when its promise is fulfilled. What was asked for in vain leaves the world as it was.
 */
export class HostedWorld {
  readonly #sandbox: Sandbox;
  readonly #document: WorldDocument | null;
  readonly #faults: NumberedFault[] = [];
  #lastId = 0;
  /** Made with the first request about rules or probes, or for a scenario: to load the rule language takes 20 ms. */
  #rules: Promise<WorldRules> | null = null;

  private constructor(sandbox: Sandbox, document: WorldDocument | null) {
    this.#sandbox = sandbox;
    this.#document = document;
  }

  /**
   * Opens a world with its servers, rules and faults.
   * @throws EnvironmentError where this machine cannot make it · UsageError for a fault that is impossible in it
   */
  static async open(options: HostedWorldOptions): Promise<HostedWorld> {
    const { document, startsPrograms, allowsNetAdmin, faults, signal } = options;
    const rules = document === null ? null : import('./rules.js').then(({ WorldRules }) => WorldRules.plan(document));
    rules?.catch(() => {}); // it is awaited below
    if (faults.some((fault) => planFault(fault, 0).isHeld)) {
      assertThreads('hold');
    }
    await rules; // a world that is impossible is said before anything starts
    const sandbox = await launchSandbox({ isAlone: true, program: allowsNetAdmin ? 'strong' : 'weak', startsPrograms, signal });
    const world = new HostedWorld(sandbox, document);
    try {
      const planned = await rules;
      const opening: Request[] = planned?.opening ?? [{ type: 'open', world: null, servers: [], isSandboxsOwn: true }];
      await Promise.all([
        ...opening.map((request) => sandbox.session.request(request)),
        ...(faults.length === 0 ? [] : [world.#put(faults)]),
      ]);
      world.#rules = planned === null ? null : Promise.resolve(await planned.opened(sandbox));
      return world;
    } catch (error) {
      await world.close(); // if the sandbox has ended, this throws the reason: the first error is only a consequence of it
      throw error;
    }
  }

  get namespaces(): Sandbox['namespaces'] {
    return this.#sandbox.namespaces;
  }

  /** The programs start: from here on the times of the first faults count. */
  begin(): void {
    // The request that follows reports that the sandbox is gone.
    void this.#sandbox.session.request({ type: 'faults-begin' }).catch(() => {});
  }

  /** Adds a fault. @throws UsageError where it is impossible in this world · EnvironmentError where this machine cannot make it */
  async addFault(fault: Fault): Promise<FaultInWorld> {
    const [id = 0] = await this.#put([fault]);
    return { id, fault: fault.text, connections: 0 };
  }

  /** The faults that have not been healed, with what they have hit so far. Those that wait or are over by their times are among them. */
  async listFaults(): Promise<FaultInWorld[]> {
    const touched = await this.#count();
    return touched.filter(({ isHealed }) => !isHealed).map(({ isHealed: _isHealed, ...fault }) => fault);
  }

  /** Ends a fault, or all. Returns whether there was one. */
  async heal(id: number | null): Promise<boolean> {
    const healed = this.#faults.filter((each) => !each.isHealed && (id === null || each.id === id));
    if (healed.length > 0) {
      await this.#sandbox.session.request({ type: 'heal', ids: healed.map((each) => each.id) });
      healed.forEach((each) => (each.isHealed = true));
    }
    return healed.length > 0;
  }

  /** What all faults have hit so far, the healed ones too, in the order in which they came. */
  async listTouched(): Promise<TouchedFault[]> {
    return (await this.#count()).map(({ fault, connections }) => ({ fault, connections }));
  }

  /**
   * Replaces the rules of the world.
   * @param rules as the key `rules` of a scenario
   * @throws SpecError for mistakes in them · UsageError where the kernel does not take them: the earlier ones are then in force
   */
  async setRules(rules: unknown): Promise<void> {
    await (await this.#getRules()).set(rules);
  }

  /** Replaces the rules of the world by files of rules. @throws the errors of setRules() */
  async setRuleFiles(files: RuleFile[]): Promise<void> {
    await (await this.#getRules()).setFiles(files);
  }

  /** The rules of the world with their counters. */
  async listRules(): Promise<RuleResult[]> {
    return (await this.#getRules()).list();
  }

  /** Makes a probe of the scenario format. Faults and rules may change meanwhile. @throws SpecError for mistakes in it */
  async probe(probe: unknown): Promise<ProbeResult> {
    return (await this.#getRules()).probe(probe);
  }

  /** What the last answer about rules or probes leaves out, or has changed; null for nothing. */
  async takeNotice(): Promise<string | null> {
    return (await this.#rules)?.takeNotice() ?? null;
  }

  /**
   * The connections of programs in the world, with what became of them, in the order in which they began. The newest 1,000 are kept.
   * @param since leaves out those with a lower number
   * @throws EnvironmentError where the kernel cannot trace packets
   */
  async journeys(since = 0): Promise<JourneyInWorld[]> {
    const [{ journeys }, { toDecidingRule }, rules] = await Promise.all([
      this.#sandbox.session.request({ type: 'journeys', since }),
      import('../probe-result.js'),
      this.#rules,
    ]);
    // A journey may be older than the rules that are there now.
    const findRules = (text: string | undefined) => (rules?.all ?? []).filter((rule) => rule.text === text);
    return journeys.map(({ rule, ...journey }) => ({ ...journey, rule: toDecidingRule(findRules(rule?.text), rule) }));
  }

  /** The servers of loopfw in the world. */
  get servers(): ServerInWorld[] {
    const servers = this.#document?.scenario.servers ?? [];
    return servers.map(({ name, protocol, address, port, lastPort }) => ({ name, protocol, address, port, lastPort }));
  }

  /** The world does not keep this process alive any more. */
  unref(): void {
    this.#sandbox.unref();
  }

  /** Closes the world. @throws the reason if it had ended before */
  async close(): Promise<void> {
    try {
      await this.#sandbox.session.request({ type: 'close' });
    } finally {
      await this.#sandbox.end();
    }
  }

  /** Ends the world with everything in it, whatever it does. */
  async end(): Promise<void> {
    await this.#sandbox.end();
  }

  /** @returns the numbers of the faults */
  async #put(faults: Fault[]): Promise<number[]> {
    const own = faults.map((fault): NumberedFault => ({ id: ++this.#lastId, fault, isHealed: false }));
    this.#faults.push(...own);
    try {
      await this.#sandbox.session.request({ type: 'faults', plans: own.map(({ id, fault }) => planFault(fault, id)) });
    } catch (error) {
      own.forEach((each) => this.#faults.splice(this.#faults.indexOf(each), 1));
      throw error;
    }
    return own.map(({ id }) => id);
  }

  async #count(): Promise<(FaultInWorld & { isHealed: boolean })[]> {
    const hits = await this.#sandbox.session.request({ type: 'fault-hits' });
    return this.#faults.map(({ id, fault, isHealed }) => ({
      ...{ id, fault: fault.text, isHealed },
      connections: hits.find((each) => each.id === id)?.connections ?? 0,
    }));
  }

  #getRules(): Promise<WorldRules> {
    this.#rules ??= import('./rules.js').then(({ WorldRules }) => WorldRules.makeEmpty(this.#sandbox));
    return this.#rules;
  }
}
