import { isTableOfWorld, TRACE_TABLE } from '../../words/nft-chain.js';
import { parseNftListing } from './nft-listing.js';
import { toTracedNftChains, type TracedChain } from './traced-chains.js';

/**
 * The chains of a world in which programs change rules.
 * @param planned the chains of the rule set that loopfw has applied
 * @param listing the output of `nft -a -y list ruleset`: what the kernel has now
 */
export function addForeignChains(planned: TracedChain[], listing: string): TracedChain[] {
  const isOwn = ({ table }: { table: string }) => table === TRACE_TABLE || isTableOfWorld(table);
  const listed = toTracedNftChains(parseNftListing(listing, TRACE_TABLE, isOwn), TRACE_TABLE);
  const known = new Map(planned.map((chain) => [getKey(chain), chain]));
  const foreign = listed.filter((chain) => !known.has(getKey(chain))).map((chain) => withForeignRules(chain, chain));
  return [
    ...foreign,
    ...planned.map((chain) =>
      withForeignRules(
        chain,
        listed.find((other) => getKey(other) === getKey(chain)),
      ),
    ),
  ];
}

/** The chain with those rules of another listing of it that it does not know by their handles. */
function withForeignRules(chain: TracedChain, listed: TracedChain | undefined): TracedChain {
  const planned = chain === listed ? [] : chain.rules;
  const handles = new Set(planned.map(({ handle }) => handle));
  const added = listed?.rules.filter(({ handle }) => !handles.has(handle)) ?? [];
  return { ...chain, rules: [...planned, ...added.map((rule) => ({ ...rule, entry: null, isForeign: true as const, instability: null }))] };
}

function getKey({ space, table, name }: TracedChain): string {
  return `${space} ${table} ${name}`;
}
