import { UsageError } from '../errors.js';
import { getUnsupported } from '../rules/get-unsupported.js';
import { isPlainRule } from '../rules/is-plain-rule.js';
import { layOutChains } from '../rules/lay-out-chains.js';
import { printRestore } from '../rules/print-restore.js';
/** Plans the rule sets of one scenario, in the order in which they take each other's place. */
export class FirewallPlanner {
    #backend;
    #families;
    #own;
    /** The chains that earlier rule sets may have left in the kernel, by family; of those of one name the latest. */
    #left = { ipv4: new Map(), ipv6: new Map() };
    /** @param own loopfw's own rules, which every rule set gets */
    constructor(backend, families, own) {
        this.#backend = backend;
        this.#families = families;
        this.#own = own;
    }
    /** @throws UsageError where the back end, which the command line may have chosen, cannot hold a rule */
    plan(rules) {
        return this.#families.map((family) => {
            const chains = layOutChains(rules, family, this.#own);
            assertSupported(chains, this.#backend);
            const entries = rules.flatMap((rule) => rule.entries).filter((entry) => entry.family === family);
            const restore = printRestore(entries, family, this.#own, [...this.#left[family].values()]);
            this.#noteLeft(family, chains);
            return { kind: 'iptables', backend: this.#backend, family, restore, chains, isPlain: chains.every(isPlainChain) };
        });
    }
    /** A native rule set takes the place of all that was there. */
    forget() {
        this.#left.ipv4.clear();
        this.#left.ipv6.clear();
    }
    #noteLeft(family, chains) {
        const left = this.#left[family];
        for (const [key, chain] of left) {
            left.set(key, { ...chain, policy: chain.policy && { verdict: 'ACCEPT', entry: null } });
        }
        for (const chain of chains) {
            left.set(`${chain.table} ${chain.name}`, chain);
        }
    }
}
/** Of a policy the kernel's list of rules says nothing. */
function isPlainChain({ policy, lines }) {
    return policy?.verdict !== 'DROP' && lines.every(({ rule }) => isPlainRule(rule));
}
function assertSupported(chains, backend) {
    for (const { rule, text } of chains.flatMap((chain) => chain.lines)) {
        const problem = getUnsupported(rule, backend);
        if (problem !== null) {
            throw new UsageError(`${text}: ${problem}`);
        }
    }
}
