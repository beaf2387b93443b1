import { assertFamily } from './assert-family.js';
import type { Draft } from './draft.js';
import { assertNotRefusedTarget } from './refused-extensions.js';
import { RuleError } from './rule-error.js';
import { getTablesWithChain } from './rule-names.js';
import { getTarget } from './target-table.js';
import { chainName } from './values/chain-name.js';

/** Reads the name after -j or -g: a target, otherwise a user chain. */
export function readTarget(draft: Draft, how: 'jump' | 'goto', name: string): void {
  if (draft.target !== null) {
    throw new RuleError('a rule has one target: -j or -g twice');
  }
  const row = getTarget(name);
  if (row === null) {
    assertNotRefusedTarget(name);
    if (getTablesWithChain(name).length > 0) {
      throw new RuleError(`${name} is a built-in chain: a rule cannot jump there`);
    }
    draft.target = { how, name: chainName(name), extension: null };
    return;
  }
  if (how === 'goto') {
    throw new RuleError(`-g goes to a chain: write -j ${name}`);
  }
  assertFamily(`-j ${name}`, row, draft.family);
  if (row.reserved !== undefined && !draft.allowsReserved) {
    throw new RuleError(row.reserved);
  }
  draft.target = { how, name, extension: { name, row, options: [], key: null } };
}
