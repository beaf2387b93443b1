import { UsageError } from '../errors.js';
import type { Chain, IptablesFirewall } from '../model/plan.js';
import type { Backend } from '../model/result.js';
import type { Family } from '../model/rule.js';
import type { ScenarioRule } from '../model/scenario.js';
import { getUnsupported } from '../rules/get-unsupported.js';
import { layOutChains } from '../rules/lay-out-chains.js';
import { printRestore } from '../rules/print-restore.js';

/** Plans the rule sets of one scenario, in the order in which they take each other's place. */
export class FirewallPlanner {
  readonly #backend: Backend;
  readonly #families: Family[];
  /** What earlier rule sets have left in the kernel, by family. */
  readonly #left: Record<Family, Chain[]> = { ipv4: [], ipv6: [] };

  constructor(backend: Backend, families: Family[]) {
    this.#backend = backend;
    this.#families = families;
  }

  /** @throws UsageError where the back end, which the command line may have chosen, cannot hold a rule */
  plan(rules: ScenarioRule[]): IptablesFirewall[] {
    return this.#families.map((family) => {
      const chains = layOutChains(rules, family, true);
      assertSupported(chains, this.#backend);
      const entries = rules.flatMap((rule) => rule.entries).filter((entry) => entry.family === family);
      const left = this.#left[family];
      this.#left[family] = [...left, ...chains];
      return { kind: 'iptables', backend: this.#backend, family, restore: printRestore(entries, family, true, left), chains };
    });
  }

  /** A native rule set takes the place of all that was there. */
  forget(): void {
    this.#left.ipv4 = [];
    this.#left.ipv6 = [];
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
