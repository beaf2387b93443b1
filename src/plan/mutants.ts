import type { RuleChange } from '../model/insight/mutation.js';
import type { RuleResult } from '../model/result.js';
import type { Family } from '../model/rule.js';
import type { NativeRules, RuleSet, Scenario } from '../model/scenario.js';
import { checkPlace } from '../rules/chains/place.js';
import { listMutants } from '../rules/mutants/entry.js';
import { flipNftPolicy, listNftMutants, type NftMutant } from '../rules/mutants/nft.js';
import { editNftText } from '../rules/mutants/nft-edit.js';
import { makeNftLocator } from '../rules/nft/clauses/clause.js';
import { hasNftValues, listNftChains, type NftFileChain, placeNftRules } from '../rules/nft/places.js';
import { locateNftLine } from '../words/nft-lines.js';
import { isForIptables } from './parts.js';

/** A rule or a policy that has mutants, and where packets meet it. */
export interface MutatedPlace {
  /** Among the rules of its rule set; null for a policy of a rule set file. */
  index: number | null;
  text: string;
  /** null: a rule of the scenario itself. */
  file: string | null;
  line: number | null;
  table: string;
  chain: string;
  /** The families of the packets that meet it. */
  families: Family[];
  isPolicy: boolean;
  /** Whether the rules of its chain stand in the order of their numbers: -I puts a later one before others. */
  isInOrder: boolean;
}

/** A rule of a scenario that is changed in one place. It keeps its number. */
export interface RuleMutant {
  /** The place of its phase. */
  phase: number;
  place: MutatedPlace;
  change: RuleChange;
  /** The rule set with the changed rule. It may have been read again. */
  apply: (ruleSet: RuleSet) => RuleSet;
}

/** The mutants of a scenario's rules. */
export interface ListedMutants {
  mutants: RuleMutant[];
  /** What is not changed, in sentences. */
  notMutated: string[];
}

/** @param rules those of the scenario in the result of a run: native rules are known only after the kernel has taken them */
export function listRuleMutants(scenario: Scenario, rules: RuleResult[]): ListedMutants {
  const ofNatives = scenario.phases.map(({ name, ruleSet }, phase): ListedMutants => {
    const own = rules.filter((rule) => rule.phase === name);
    return ruleSet === null ? { mutants: [], notMutated: [] } : listOfNatives(ruleSet, phase, own);
  });
  return {
    mutants: [...listOfIptables(scenario), ...ofNatives.flatMap(({ mutants }) => mutants)],
    notMutated: [...new Set(ofNatives.flatMap(({ notMutated }) => notMutated))],
  };
}

function listOfIptables({ phases }: Scenario): RuleMutant[] {
  return phases.flatMap(({ ruleSet }, phase) =>
    (ruleSet?.rules ?? []).flatMap((rule, at) => {
      const { index, text, file, line, scenarioLine, entries } = rule;
      return entries.flatMap((entry, of) => {
        const { table, chain, family, kind } = entry;
        const place: MutatedPlace = {
          ...{ index, text, file, line: line ?? scenarioLine ?? null, table, chain },
          ...{ families: [family], isPolicy: kind === 'policy', isInOrder: kind === 'append' },
        };
        const fitting = listMutants(entry).filter((mutant) => checkPlace(mutant.entry, []).length === 0);
        return fitting.map(({ entry: changed, ...change }): RuleMutant => {
          const apply = ({ rules, ...rest }: RuleSet): RuleSet => ({
            ...rest,
            rules: rules.map((own, its) => (its === at ? { ...own, text: change.text, entries: own.entries.with(of, changed) } : own)),
          });
          return { phase, place, change, apply };
        });
      });
    }),
  );
}

const FAMILIES: Record<string, Family[]> = { ip: ['ipv4'], ip6: ['ipv6'], inet: ['ipv4', 'ipv6'] };

function listOfNatives(ruleSet: RuleSet, phase: number, rules: RuleResult[]): ListedMutants {
  const listed = ruleSet.natives.map((native, at): ListedMutants => {
    const files = listFiles(native);
    const isShared = ruleSet.natives.some((other) => other !== native && listFiles(other).some((file) => files.includes(file)));
    if (isForIptables(ruleSet) || isShared) {
      const beside = isShared ? 'that another file includes too' : 'beside rules for iptables';
      return { mutants: [], notMutated: [`${native.file}: native rules ${beside} are not changed`] };
    }
    const apply = (change: NftMutant) => (own: RuleSet) => ({
      ...own,
      natives: own.natives.map((each, its) => (its === at ? editNftText(each, change.edit) : each)),
    });
    const { found, notMutated } = listOfNative(
      native,
      rules.filter(({ file }) => file !== null && files.includes(file)),
    );
    return {
      mutants: found.map(({ place, edit, ...change }) => ({ phase, place, change, apply: apply({ ...change, edit }) })),
      notMutated,
    };
  });
  return { mutants: listed.flatMap(({ mutants }) => mutants), notMutated: listed.flatMap(({ notMutated }) => notMutated) };
}

function listFiles({ file, sources }: NativeRules): string[] {
  return [file, ...sources.map((source) => source.file)];
}

/** @param rules those of the file, as the kernel has them */
function listOfNative(
  { file, text, sources, unseen }: NativeRules,
  rules: RuleResult[],
): { found: (NftMutant & { place: MutatedPlace })[]; notMutated: string[] } {
  const locate = makeNftLocator(text);
  const chains = listNftChains(text).filter(({ family }) => family in FAMILIES);
  const toPlace = ({ family, table, name }: NftFileChain, line: number) => ({
    ...{ ...locateNftLine(sources, line), table, chain: name, families: FAMILIES[family] ?? [], isInOrder: true },
  });
  const placed = placeNftRules(chains, rules);
  const unread: string[] = [];
  const ofRules = rules.flatMap(({ index, text: listed }, at) => {
    const { chain, tokens } = placed[at] ?? { chain: null, tokens: [] };
    if (chain === null) {
      return [];
    }
    const place = { index, text: listed, ...toPlace(chain, tokens[0]?.line ?? 1), isPolicy: false };
    const { mutants, rest } = listNftMutants(text, locate(tokens), chain);
    unread.push(...(rest === null ? [] : [`${place.file}:${place.line}: "${rest}" is not changed`]));
    return mutants.map((mutant) => ({ ...mutant, place }));
  });
  const ofPolicies = chains.flatMap((chain) => {
    const { name, policy } = chain;
    const [word] = policy === null ? [] : locate([policy]);
    if (policy === null || word === undefined) {
      return [];
    }
    const place = { index: null, text: `chain ${name} { policy ${word.text}; }`, ...toPlace(chain, policy.line), isPolicy: true };
    return [{ ...flipNftPolicy(word), place }];
  });
  const lost = rules.filter((_, at) => placed[at] === null);
  return {
    found: [...ofRules, ...ofPolicies],
    notMutated: [
      ...lost.map(
        ({ index, table, chain, text: own }) =>
          `${file}: rule ${index} of ${table} ${chain} is not changed, for no single line is it: ${own}`,
      ),
      ...unread,
      ...unseen.map(({ family, name }) => `${file}: table ${family} ${name} is not changed, for no probe shows its rules`),
      ...(hasNftValues(text) ? [`${file}: definitions and the elements of named sets are not changed`] : []),
    ],
  };
}
