import type { DecidingRule } from '../model/result.js';

/**
 * The name of a rule in messages: `rule 0 no-web`, with its place in a rule set file: `rule 0 no-web (rules.v4:5)`. It comes from a file,
 * so the caller must make it harmless.
 */
export function nameRule({ index, name, file, line }: Pick<DecidingRule, 'index' | 'name' | 'file' | 'line'>): string {
  return `rule ${index}${name === null ? '' : ` ${name}`}${file === null || line === null ? '' : ` (${getBaseName(file)}:${line})`}`;
}

/** The name of a file without its folder. */
export function getBaseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** Whether it is a fault of loopfw: neither a rule nor a policy. */
export function isFault({ index, name, isPolicy }: Pick<DecidingRule, 'index' | 'name' | 'isPolicy'>): boolean {
  return index === null && !isPolicy && name !== null;
}

/**
 * The name of the deciding rule or policy: `rule 0 no-web`, `the policy -P INPUT DROP`. For nft: `the policy drop of my_input`. For a fault:
 * `the fault refused=127.0.0.2:80`.
 */
export function nameDecider({ index, name, chain, text, isPolicy, file, line }: DecidingRule): string {
  if (!isPolicy && index !== null) {
    return nameRule({ index, name, file, line });
  }
  if (isFault({ index, name, isPolicy })) {
    return `the ${text}`;
  }
  if (!isPolicy) {
    return `the rule ${text}`;
  }
  // The text of an iptables policy has the name of its chain (-P INPUT DROP). The text of an nft policy does not (policy drop).
  return text.split(' ').includes(chain) ? `the policy ${text}` : `the ${text} of ${chain}`;
}

/** The name and the text of the deciding rule: `rule 0 no-web: -A INPUT …`. A policy gets no text, because its name has it. */
export function describeDecider(rule: DecidingRule): string {
  return rule.isPolicy || rule.index === null ? nameDecider(rule) : `${nameDecider(rule)}: ${rule.text}`;
}
