import type { DecidingRule } from '../model/result.js';

/** `rule 0 no-web: -A INPUT …`, or `the policy -P INPUT DROP`. */
export function describeRule({ index, name, text }: DecidingRule): string {
  if (text.startsWith('-P ')) {
    return `the policy ${text}`;
  }
  return `rule ${index ?? '?'}${name === null ? '' : ` ${name}`}: ${text}`;
}
