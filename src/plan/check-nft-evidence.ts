import type { CheckedEvidence, ClosingEvidence, Counter, FoundNativeRules, TraceHits } from '../model/evidence.js';
import type { NftChain, NftListing, NftRule } from '../model/kernel/nft-listing.js';
import type { NftText, ScenarioRule } from '../model/scenario.js';
import { findNftLines } from '../rules/nft/lines.js';
import { nameByComments } from '../rules/save/parse-ruleset.js';
import { locateNftLine } from '../words/nft-lines.js';

type Hits = Pick<TraceHits, 'packets' | 'packetsBefore'>;

/**
 * Compares nft's list of rules at the end with its list after the rule set was applied, and the kernel's counters with the trace. The plan
 * has no rules to compare: only the kernel knows the rules of a native rule set.
 * @param files the native files of the rule set
 */
export function checkNftEvidence(
  files: Pick<NftText, 'file' | 'text' | 'sources'>[],
  listings: FoundNativeRules | null,
  { hits, unattributed, traceLost }: Pick<ClosingEvidence, 'hits' | 'unattributed' | 'traceLost'>,
): CheckedEvidence {
  if (listings === null) {
    return { natives: [], unseen: [], counters: new Map(), contradictions: ['nft was not asked what the kernel holds'] };
  }
  const { applied, found, unseen } = listings;
  const counters = new Map<number, Counter>();
  const difference = getDifference(applied, found);
  const contradictions = difference === null ? [] : [difference];
  const before = new Map(listPlaced(applied).map(({ key, rule }) => [key, rule]));
  for (const { key, rule, chain, place } of listPlaced(found)) {
    const traced = sumHits(hits, chain, place);
    const { index, counter } = rule;
    if (index !== null && counter !== null) {
      const start = before.get(key)?.counter ?? { packets: 0, bytes: 0 };
      const [packets, bytes] = [counter.packets - start.packets, counter.bytes - start.bytes];
      counters.set(index, { packets, bytes });
      if (packets < traced.packetsBefore || (counter.isLast && packets > traced.packets + unattributed && !traceLost)) {
        contradictions.push(`the kernel counted ${packets} packets at rule ${index} (${rule.text}), the trace saw ${traced.packets}`);
      }
    } else if (index !== null && !traceLost) {
      // For a rule without a counter, the trace gives the number of packets. Nothing gives the number of bytes.
      counters.set(index, { packets: traced.packets, bytes: null });
    }
  }
  return { natives: files.map((file, place) => listNftRules(applied, file, place)), unseen, counters, contradictions };
}

/** Adds up the hits of a rule. A chain of family inet has packets of both families. */
function sumHits(hits: TraceHits[], { family, table, name }: NftChain, place: number): Hits {
  const own = hits.filter((hit) => hit.space === family && hit.table === table && hit.chain === name && hit.place === place);
  const sum = (count: (hit: TraceHits) => number) => own.reduce((total, hit) => total + count(hit), 0);
  return { packets: sum((hit) => hit.packets), packetsBefore: sum((hit) => hit.packetsBefore) };
}

function listPlaced({ chains }: NftListing): { key: string; rule: NftRule; chain: NftChain; place: number }[] {
  return chains.flatMap((chain) =>
    chain.rules.map((rule, place) => ({ key: `${chain.family} ${chain.table} ${rule.handle}`, rule, chain, place })),
  );
}

function getDifference(applied: NftListing, found: NftListing): string | null {
  if (applied.lasting === found.lasting) {
    return null;
  }
  const [before, after] = [applied, found].map(({ lasting }) => lasting.split('\n').map((line) => line.trim()));
  const place = before?.findIndex((line, index) => line !== after?.[index]) ?? 0;
  return `the rule set has changed since it was applied: it said "${before?.[place] ?? ''}", and says "${after?.[place] ?? ''}"`;
}

/**
 * The rules of a native file, as the kernel holds them. Comments give their names. Each rule has its line, and the file of
 * it: that may be an included one.
 * @param place the place of the file among the native files
 */
function listNftRules(
  { chains }: NftListing,
  { file, text, sources }: Pick<NftText, 'file' | 'text' | 'sources'>,
  place: number,
): ScenarioRule[] {
  const rules = chains
    .flatMap((chain) => chain.rules.map((rule) => ({ ...rule, place: { table: chain.table, chain: chain.name } })))
    .filter((rule) => rule.index !== null && rule.file === place);
  const lines = findNftLines(
    text,
    rules.map(({ text }) => text),
  );
  return nameByComments(rules, ({ comment }) => comment).map(({ index, name, text, place: chain }, place) => ({
    index,
    name,
    text,
    ...getPlace(sources, lines[place] ?? null, file),
    backend: 'nft',
    entries: [],
    place: chain,
  }));
}

function getPlace(sources: NftText['sources'], line: number | null, file: string): { file: string; line: number | null } {
  return line === null ? { file, line } : locateNftLine(sources, line);
}
