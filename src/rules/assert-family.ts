import type { Family } from '../model/rule.js';
import type { Extension } from './extension.js';
import { OtherFamilyError } from './other-family-error.js';

const NAMES = { ipv4: 'IPv4', ipv6: 'IPv6' } satisfies Record<Family, string>;

/** @throws RuleError where a match or target is for the other family only */
export function assertFamily(what: string, { families }: Pick<Extension, 'families'>, family: Family): void {
  const [only] = families ?? [];
  if (only !== undefined && only !== family) {
    throw new OtherFamilyError(explainFamily(what, only));
  }
}

/** What to say of something that is for one family, in a rule of the other one. */
export function explainFamily(what: string, only: Family): string {
  const hint = only === 'ipv6' ? 'begin with ip6tables, or say "family": "ipv6"' : 'the rule is IPv6';
  return `${what} is for ${NAMES[only]} only: ${hint}`;
}
