import { UsageError } from '../errors.js';
import type { Chain, Firewall } from '../model/plan.js';
import type { Backend } from '../model/result.js';
import type { Family } from '../model/rule.js';
import type { ScenarioRule } from '../model/scenario.js';
import { getUnsupported } from '../rules/get-unsupported.js';
import { layOutChains } from '../rules/lay-out-chains.js';
import type { OwnRule } from '../rules/own-rules.js';
import { printRestore } from '../rules/print-restore.js';

/** Plans the rule sets of one scenario, in the order in which they take each other's place. */
export class FirewallPlanner {
  readonly #backend: Backend;
  readonly #families: Family[];
  readonly #own: OwnRule[];
  /** What earlier rule sets have left in the kernel, by family. */
  readonly #left: Record<Family, Chain[]> = { ipv4: [], ipv6: [] };

  /** @param own loopfw's own rules, which every rule set gets */
  constructor(backend: Backend, families: Family[], own: OwnRule[]) {
    this.#backend = backend;
    this.#families = families;
    this.#own = own;
  }

  /** @throws UsageError where the back end, which the command line may have chosen, cannot hold a rule */
  plan(rules: ScenarioRule[]): Firewall[] {
    return this.#families.map((family) => {
      const chains = layOutChains(rules, family, this.#own);
      assertSupported(chains, this.#backend);
      const entries = rules.flatMap((rule) => rule.entries).filter((entry) => entry.family === family);
      const left = this.#left[family];
      this.#left[family] = [...left, ...chains];
      return { backend: this.#backend, family, restore: printRestore(entries, family, this.#own, left), chains };
    });
  }
}

function assertSupported(chains: Chain[], backend: Backend): void {
  for (const { rule, text } of chains.flatMap((chain) => chain.lines)) {
    const problem = getUnsupported(rule, backend);
    if (problem !== null) {
      throw new UsageError(`${text}: ${problem}`);
    }
  }
}
