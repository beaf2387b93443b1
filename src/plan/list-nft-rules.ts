import type { NftListing } from '../model/nft-listing.js';
import type { ScenarioRule } from '../model/scenario.js';
import { findNftLines } from '../rules/find-nft-lines.js';
import { nameByComments } from '../rules/name-by-comments.js';

/**
 * The rules of a native rule set, as the kernel holds them. Comments give their names. Each rule has its line in the file.
 * @param file the text of the file
 */
export function listNftRules({ chains }: NftListing, file: string): ScenarioRule[] {
  const rules = chains.flatMap((chain) => chain.rules).filter(({ index }) => index !== null);
  const lines = findNftLines(
    file,
    rules.map(({ text }) => text),
  );
  return nameByComments(rules, ({ comment }) => comment).map(({ index, name, text }, place) => ({
    index,
    name,
    text,
    line: lines[place] ?? null,
    entries: [],
  }));
}
