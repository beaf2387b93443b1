import type { Family } from '../model/rule.js';
import type { Extension } from './extension.js';
import { OtherFamilyError } from './other-family-error.js';

const NAMES = { ipv4: 'IPv4', ipv6: 'IPv6' } satisfies Record<Family, string>;

/** @throws OtherFamilyError if a match or target is only for the other family */
export function assertFamily(what: string, { families }: Pick<Extension, 'families'>, family: Family): void {
  const [only] = families ?? [];
  if (only !== undefined && only !== family) {
    throw new OtherFamilyError(explainFamily(what, only));
  }
}

/** The message for something that is for one family only, in a rule of the other family. */
export function explainFamily(what: string, only: Family): string {
  const hint = only === 'ipv6' ? 'begin with ip6tables, or say "family": "ipv6"' : 'the rule is IPv6';
  return `${what} is for ${NAMES[only]} only: ${hint}`;
}
