import type { Mutator, RuleChange } from '../../model/insight/mutation.js';
import type { NftClause, NftMatch, NftWord } from '../nft/clauses/clause.js';
import { splitNftClauses } from '../nft/clauses/split.js';
import type { NftFileChain } from '../nft/places.js';
import { type NftEdit, editText, printNft } from './nft-edit.js';
import { listElements, listOtherElements } from './nft-values.js';

/** A changed rule of a native rule set: where its text has other words. */
export interface NftMutant extends RuleChange {
  edit: NftEdit;
}

type Touches = RuleChange['touches'];
type Change = Pick<NftMutant, 'mutator' | 'change' | 'touches' | 'edit'>;

/** The verdicts that may take the place of another. */
const OTHER_VERDICTS: Record<string, string[]> = {
  accept: ['drop'],
  drop: ['accept', 'reject'],
  reject: ['drop', 'accept'],
  return: ['accept'],
};
/** nft refuses reject in other base chains. */
const REJECTING_HOOKS = ['prerouting', 'input', 'forward', 'output'];
/** A word without a sign matches if one of these bits is set, and `!` is the contrary of that. */
const BIT_FIELDS = ['ct state', 'ct status', 'tcp flags'];
const NEGATIONS: Record<string, string> = {
  ...{ '==': '!=', eq: '!=', '!=': '==', ne: '==', neq: '==' },
  ...{ '<': '>=', lt: '>=', '>': '<=', gt: '<=', '<=': '>', le: '>', '>=': '<', ge: '<' },
};
const TRANSPORT = /^(?:tcp|udp|sctp|dccp|udplite|th|meta l4proto|ip protocol|ip6 nexthdr)\b/;
const MATCHED: Touches = { matched: true, others: false };
const OTHERS: Touches = { matched: false, others: true };
const BOTH: Touches = { matched: true, others: true };

/**
 * The mutants of a native rule: each is changed in one place. A verdict that is gone leaves `continue`, so that the rule keeps its number.
 * @param text the text in which the rule is
 * @param words those of the rule
 */
export function listNftMutants(
  text: string,
  words: NftWord[],
  { base }: Pick<NftFileChain, 'base'>,
): {
  mutants: NftMutant[];
  /** The end of the rule, if it is not read; else null. */
  rest: string | null;
} {
  const [from, to] = getSpan(words);
  const rule = text.slice(from, to);
  const clauses = splitNftClauses(words.map((word) => ({ ...word, start: word.start - from, end: word.end - from })));
  if (clauses.every(({ kind }) => ['match', 'rate', 'idle'].includes(kind))) {
    // Such a rule only counts or logs.
    return { mutants: [], rest: null };
  }
  const rejects = base === null || (base.type === 'filter' && REJECTING_HOOKS.includes(base.hook));
  const changes = new RuleChanges(rule, clauses, rejects);
  const seen = new Set([printNft(rule)]);
  const mutants = clauses.flatMap((clause) =>
    changes.list(clause).flatMap(({ edit, ...change }): NftMutant[] => {
      const printed = printNft(editText(rule, edit));
      const isNew = !seen.has(printed);
      seen.add(printed);
      return isNew ? [{ ...change, text: printed, edit: { ...edit, start: edit.start + from, end: edit.end + from } }] : [];
    }),
  );
  const rest = clauses.find(({ kind }) => kind === 'rest')?.words ?? [];
  return { mutants, rest: rest.length === 0 ? null : printNft(rule.slice(...getSpan(rest))) };
}

/** The mutant of a base chain: its policy is the other one. */
export function flipNftPolicy({ text: policy, start, end }: NftWord): NftMutant {
  const flipped = policy === 'drop' ? 'accept' : 'drop';
  return {
    ...{ mutator: 'policy-flipped', change: `were the policy ${flipped}`, text: `policy ${flipped}`, touches: MATCHED },
    edit: { start, end, text: flipped },
  };
}

/** The changes of one rule. Their offsets count from its beginning. */
class RuleChanges {
  readonly #text: string;
  readonly #clauses: NftClause[];
  readonly #rejects: boolean;

  constructor(text: string, clauses: NftClause[], rejects: boolean) {
    this.#text = text;
    this.#clauses = clauses;
    this.#rejects = rejects;
  }

  list(clause: NftClause): Change[] {
    switch (clause.kind) {
      case 'verdict':
        return [this.#removeTarget(clause), ...this.#listVerdicts(clause)];
      case 'verdict-map':
        return [this.#removeTarget(clause), ...this.#listVerdictsOf(clause)];
      case 'effect':
        return [this.#removeTarget(clause)];
      case 'rate':
        return this.#removeMatch(clause);
      case 'match':
        return [...this.#removeMatch(clause), ...this.#negate(clause), ...this.#listValues(clause)];
      case 'idle':
      case 'rest':
        return [];
    }
  }

  #removeTarget(clause: NftClause): Change {
    const [start, end] = getSpan(clause.words);
    const isOnly = this.#clauses.filter(({ kind }) => ['verdict', 'verdict-map', 'effect', 'rest'].includes(kind)).length === 1;
    const change = isOnly ? 'were gone' : `had no ${this.#print(start, end)}`;
    const isLast = this.#clauses.indexOf(clause) > this.#clauses.findLastIndex((own) => own !== clause && own.kind !== 'idle');
    const edit = isLast ? { start, end, text: 'continue' } : this.#cutOut(clause);
    return { mutator: 'target-removed', change, touches: MATCHED, edit };
  }

  #listVerdicts({ verdict, words }: NftClause & { kind: 'verdict' }): Change[] {
    const [start, end] = getSpan(words);
    return (OTHER_VERDICTS[verdict] ?? [])
      .filter((other) => other !== 'reject' || this.#rejects)
      .map((other) => ({
        ...{ mutator: 'target-changed', touches: MATCHED, edit: { start, end, text: other } },
        change: `had ${other} instead of ${this.#print(start, end)}`,
      }));
  }

  /** Other verdicts of a map that the rule itself contains: `ct state vmap { established : accept, invalid : drop }`. */
  #listVerdictsOf(clause: NftClause): Change[] {
    const elements = listElements(clause.words.slice(clause.words.findIndex(({ text }) => text === '{')));
    return elements.flatMap(({ words, without }): Change[] => {
      const last = words.at(-1);
      const others = words.length < 3 || last === undefined ? [] : (OTHER_VERDICTS[last.text] ?? []).slice(0, 1);
      return [
        ...others.map((text) => this.#replace('target-changed', clause, MATCHED, { ...toRange([last ?? words[0]]), text })),
        ...(without === null ? [] : [this.#replace('target-removed', clause, MATCHED, without)]),
      ];
    });
  }

  #removeMatch(clause: NftClause): Change[] {
    const [start, end] = getSpan(clause.words);
    if (clause.kind === 'match' && this.#isNeeded(clause)) {
      const text = `meta l4proto ${clause.words[0]?.text ?? ''}`;
      const isPort = clause.of === 'service' && text !== 'meta l4proto th';
      return isPort ? [this.#replace('match-removed', clause, OTHERS, { start, end, text })] : [];
    }
    return [{ mutator: 'match-removed', change: `had no ${this.#print(start, end)}`, touches: OTHERS, edit: this.#cutOut(clause) }];
  }

  /** nft takes a port to which packets are translated only behind a match of the protocol. */
  #isNeeded(match: NftClause): boolean {
    const mapsPorts = this.#clauses.some(({ kind, words }) => kind === 'effect' && words.some(({ text }) => text === ':'));
    return mapsPorts && isOfTransport(match) && this.#clauses.filter(isOfTransport).length === 1;
  }

  #negate(match: NftClause & NftMatch): Change[] {
    const { field, of, isMasked, sign, value } = match;
    if (of === 'protocol' && this.#isNeeded(match)) {
      return [];
    }
    const isSet = value[0]?.text === '{';
    const isOfBits = BIT_FIELDS.includes(field) && !isMasked && !isSet && !value.some(({ text }) => text === '/');
    const [start] = getSpan(value);
    if (sign === null) {
      const isSingleState = field === 'ct state' && value.length === 1;
      const text = isOfBits && !isSingleState ? '! ' : '!= ';
      return [this.#replace('match-negated', match, BOTH, { start, end: start, text })];
    }
    const other = sign.text === '!' || (NEGATIONS[sign.text] === '==' && !isMasked && !isOfBits) ? '' : (NEGATIONS[sign.text] ?? '');
    return [this.#replace('match-negated', match, BOTH, { start: sign.start, end: other === '' ? start : sign.end, text: other })];
  }

  #listValues(match: NftClause & NftMatch): Change[] {
    const { field, of, sign, value } = match;
    const isNegated = sign !== null && sign.text !== '==' && sign.text !== 'eq';
    if (isNegated && NEGATIONS[sign.text] !== '==' && sign.text !== '!') {
      return [];
    }
    const touch = (widens: boolean | null) => (widens === null ? BOTH : widens !== isNegated ? OTHERS : MATCHED);
    const removing: Mutator = of === 'service' ? 'port-narrowed' : field === 'ct state' ? 'state-removed' : 'match-removed';
    const elements = listElements(value);
    return elements.flatMap(({ words, without }, place) => [
      ...listOtherElements(words, elements.toSpliced(place, 1), of).map(({ mutator, widens, edit }) =>
        this.#replace(mutator, match, touch(widens), edit),
      ),
      ...(without === null ? [] : [this.#replace(removing, match, touch(false), without)]),
    ]);
  }

  /** A change within a clause. */
  #replace(mutator: Mutator, { words }: NftClause, touches: Touches, edit: NftEdit): Change {
    const [start, end] = getSpan(words);
    const edited = editText(this.#text, edit);
    const now = printNft(edited.slice(start, end + edited.length - this.#text.length));
    return { mutator, change: `had ${now} instead of ${this.#print(start, end)}`, touches, edit };
  }

  /** The clause with the blanks behind it, or before it. */
  #cutOut(clause: NftClause): NftEdit {
    const place = this.#clauses.indexOf(clause);
    const [start, end] = getSpan(clause.words);
    const next = this.#clauses[place + 1]?.words[0]?.start;
    const before = this.#clauses[place - 1]?.words.at(-1)?.end ?? start;
    return next === undefined ? { start: before, end, text: '' } : { start, end: next, text: '' };
  }

  #print(start: number, end: number): string {
    return printNft(this.#text.slice(start, end));
  }
}

function isOfTransport(clause: NftClause): boolean {
  return clause.kind === 'match' && TRANSPORT.test(clause.field);
}

function toRange(words: (NftWord | undefined)[]): { start: number; end: number } {
  return { start: words[0]?.start ?? 0, end: words.at(-1)?.end ?? 0 };
}

function getSpan(words: NftWord[]): [start: number, end: number] {
  const { start, end } = toRange(words);
  return [start, end];
}
