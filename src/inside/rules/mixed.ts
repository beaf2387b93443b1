import type { CommandRunner } from '../../kernel/process/run-command.js';
import type { NftChain, NftListing, NftRule } from '../../model/kernel/nft-listing.js';
import type { MixedRuleSet, RulePart } from '../../model/plan.js';
import { parseNftListing } from '../../trace/rules/nft-listing.js';
import { makeOwnChains, toTracedIptablesChains, toTracedNftChains } from '../../trace/rules/traced-chains.js';
import { isTableOfWorld } from '../../words/nft-chain.js';
import { applyPart, IPTABLES_TABLES, listFamily, readBack } from '../world/iptables.js';
import { addNft, addTrace, GAP_TABLE, listNft } from '../world/nft.js';
import { type AppliedRuleSet, assertHeld } from './applied.js';

/** The place of a native rule in the rule set: its index among all rules, and its file among the native ones. */
type NativePlace = Pick<NftRule, 'index' | 'file'>;

/**
 * Applies the parts of a mixed rule set in their order, then loopfw's own table.
 *
 * Indices run on through the parts. Only the kernel tells how many rules a native file has, so all rules get their indices afterwards.
 */
export function applyMixed(ruleSet: MixedRuleSet, commands: CommandRunner): AppliedRuleSet {
  const { parts, tables, trace, isObserved, others } = ruleSet;
  const readNative = makeNativeReader(ruleSet, commands);
  const loaded = loadParts(parts, readNative, commands);
  addTrace(trace, commands);
  const listing = parts.some(({ kind }) => kind === 'nft') ? readNative() : null;
  const unseen = [...loaded.unseen, listing?.unseenRules ?? 0].map((count, file, counts) => count - (counts[file - 1] ?? 0));
  const { numbers, places } = numberRules(parts, listing, { files: loaded.files, unseen });
  const applied = listing && withPlaces(listing, places);
  const held = tables.map(({ backend, families }) => ({
    backend,
    families: families.map((rules) => ({ rules, held: listFamily(rules, backend) })),
  }));
  return {
    kind: 'mixed',
    chains: [
      ...held.flatMap(({ backend, families }) =>
        toTracedIptablesChains(
          families.map(({ rules }) => rules),
          backend,
          families.flatMap((family) => family.held),
          numbers,
          tables.length > 1,
        ),
      ),
      ...(applied === null ? [] : toTracedNftChains(applied, trace.table, tables.length > 0 ? others : null)),
      ...makeOwnChains(isObserved),
    ],
    readBack: () => ({
      kind: 'mixed',
      tables: held.map(({ backend, families }) => families.map(({ rules, held }) => readBack(rules, backend, held, commands))),
      native: applied && { kind: 'nft', applied, found: withPlaces(readNative(), places), unseen },
    }),
  };
}

/** Lists what nf_tables holds of native rules: neither iptables' own tables nor loopfw's. */
function makeNativeReader({ tables, trace }: MixedRuleSet, commands: CommandRunner): () => NftListing {
  const families = tables.flatMap((own) => (own.backend === 'nft' ? own.families.map(({ family }) => family) : []));
  const isIptables = ({ family, table }: Pick<NftChain, 'family' | 'table'>) =>
    IPTABLES_TABLES.has(table) && ((family === 'ip' && families.includes('ipv4')) || (family === 'ip6' && families.includes('ipv6')));
  const isOwn = ({ table }: Pick<NftChain, 'family' | 'table'>) => table === trace.table || table === GAP_TABLE || isTableOfWorld(table);
  return () => parseNftListing(listNft(commands), trace.table, (table) => isOwn(table) || isIptables(table));
}

/** What the kernel held after each native file but the last. A file is told by its place among the native files. */
interface LoadedFiles {
  /** The file of each rule, by its key. */
  files: Map<string, number>;
  /** The number of rules in tables that no trace shows, after each file. */
  unseen: number[];
}

/** Applies the parts. */
function loadParts(parts: RulePart[], readNative: () => NftListing, commands: CommandRunner): LoadedFiles {
  const last = parts.findLastIndex(({ kind }) => kind === 'nft');
  const files = new Map<string, number>();
  const unseen: number[] = [];
  for (const [place, part] of parts.entries()) {
    if (part.kind === 'iptables') {
      applyPart(part, commands);
      continue;
    }
    addNft(part, commands);
    if (place < last) {
      const listing = readNative();
      for (const { key } of listRules(listing).filter((rule) => !files.has(rule.key))) {
        files.set(key, unseen.length);
      }
      unseen.push(listing.unseenRules);
    }
  }
  return { files, unseen };
}

/**
 * numbers: the index of each entry of the parts for iptables. places: those of the native rules, by their keys.
 * @param unseen the number of rules in tables that no trace shows, of each native file
 */
function numberRules(
  parts: RulePart[],
  listing: NftListing | null,
  { files, unseen }: LoadedFiles,
): { numbers: number[]; places: Map<string, NativePlace> } {
  const rules = listing === null ? [] : listRules(listing);
  const last = unseen.length - 1;
  const numbers: number[] = [];
  const places = new Map<string, NativePlace>();
  let [index, file] = [0, 0];
  for (const part of parts) {
    if (part.kind === 'iptables') {
      for (let count = 0; count < part.count; count++) {
        numbers.push(index++);
      }
      continue;
    }
    const own = rules.filter(({ key }) => (files.get(key) ?? last) === file);
    assertHeld(part, own.length > 0 || (unseen[file] ?? 0) > 0);
    for (const { key } of own) {
      places.set(key, { index: index++, file });
    }
    file++;
  }
  return { numbers, places };
}

/** The rules of a listing, each with a key that no other rule has. */
function listRules({ chains }: NftListing): { key: string; rule: NftRule }[] {
  return chains.flatMap((chain) => chain.rules.map((rule) => ({ key: getKey(chain, rule), rule })));
}

function withPlaces(listing: NftListing, places: Map<string, NativePlace>): NftListing {
  const chains = listing.chains.map((chain) => ({
    ...chain,
    rules: chain.rules.map((rule) => ({ ...rule, ...(places.get(getKey(chain, rule)) ?? { index: null }) })),
  }));
  return { ...listing, chains };
}

function getKey({ family, table }: NftChain, { handle }: NftRule): string {
  return `${family} ${table} ${handle}`;
}
