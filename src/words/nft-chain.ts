/** The lowest and the highest priority that nft accepts. Of chains with equal priorities, the kernel calls the latest first. */
export const FIRST_OF_ALL = -2147483648;
export const LAST_OF_ALL = 2147483647;

/** loopfw's own table. It marks packets for the kernel's trace, and its observer chains show how far each packet came. */
export const TRACE_TABLE = 'loopfw_trace';

/** The table of faults, and the one with the chain that holds SYNs. Both belong to the family inet. */
export const FAULT_TABLE_NAME = 'loopfw_faults';
export const FAULT_TABLE = `inet ${FAULT_TABLE_NAME}`;
/** Faults come before all rules of the world in INPUT. */
export const FAULT_PRIORITY = -400;
export const HOLD_TABLE = 'loopfw_hold';
export const HOLD_CHAIN = 'hold';
/** The table that marks the first packets of what programs in a world do, for the kernel's trace. */
export const JOURNEY_TABLE = 'loopfw_journeys';
/** Its chains: the first of OUTPUT, and the last of INPUT. */
export const JOURNEY_CHAINS = { start: 'start', end: 'end' };
/** The table that marks all packets as long as a probe is under way in a world of programs. */
export const PROBING_TABLE = 'loopfw_probing';
/** The priority of the tables named mangle: before nat and filter, and after connection tracking. */
export const HOLD_PRIORITY = -150;

/** Whether a table has faults, or what they need, or marks what programs do. Such a table is no part of a rule set. */
export function isTableOfWorld(table: string): boolean {
  return [FAULT_TABLE_NAME, HOLD_TABLE, JOURNEY_TABLE, PROBING_TABLE].includes(table);
}

/**
 * The observer: chains without rules, the last of their hooks. They show that a packet has passed the hook, what NAT made of it, and the
 * interface. There is none in output: nat finds the new route of a packet there by itself, before a later chain could see it.
 */
export const OBSERVER_CHAINS = {
  after_prerouting: 'prerouting',
  after_input: 'input',
  after_forward: 'forward',
  after_postrouting: 'postrouting',
} as const;

/** Whether a chain of loopfw's own table belongs to the observer. */
export function isObserverChain(name: string): name is keyof typeof OBSERVER_CHAINS {
  return name in OBSERVER_CHAINS;
}

/** What a native rule does with a packet in the end: its last verdict or translation, or the chain to which it jumps. null if it only counts. */
export function getNftTarget(text: string): string | null {
  const statements = text.replace(/"[^"]*"|\{[^}]*\}/g, '');
  const last = [...statements.matchAll(TARGETS)].at(-1);
  return last?.groups?.['chain'] ?? last?.groups?.['word'] ?? null;
}

const TARGETS =
  /(?<=^|\s)(?:(?:jump|goto) (?<chain>\S+)|(?<word>accept|drop|reject|queue|return|continue|masquerade|redirect|dnat|snat|tproxy|synproxy|notrack|log|vmap)(?=\s|$))/g;

/** Prints a base chain in nft's language. The kernel calls it before all other chains of its hook. */
export function printFirstChain(hook: string, statements: string[]): string {
  return printChain(hook, hook, FIRST_OF_ALL, statements);
}

/** Prints the observer's chains in nft's language. */
export function printObserverChains(): string {
  return Object.entries(OBSERVER_CHAINS)
    .map(([name, hook]) => printChain(name, hook, LAST_OF_ALL, []))
    .join('');
}

function printChain(name: string, hook: string, priority: number, statements: string[]): string {
  const lines = [`type filter hook ${hook} priority ${priority};`, ...statements];
  return `  chain ${name} {\n${lines.map((line) => `    ${line}\n`).join('')}  }\n`;
}
