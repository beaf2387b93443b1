import type { ReadRule } from '../chains/chain.js';
import type { ReadCondition } from '../chains/conditions.js';
import type { Condition } from '../rule/condition.js';
import { untrack } from '../targets/marks.js';
import { unknown } from '../world/answer.js';
import { readChange } from './change.js';
import { addElement, type Scope } from './elements.js';
import { readExpression, remembers } from './expression.js';
import { getMember, getOnly, getText, type Json, printExpression } from './json.js';
import { printMatch, readMatch, showMatch } from './match.js';
import { readCount, readLimit, readQuota } from './memory.js';
import { readReach } from './reach.js';
import { readMasquerade, readNat, readRedirect, readReject, readVerdict, readVerdictMap } from './verdict.js';

/** What a statement is to its rule: a condition, the end of the rule, nothing, or something that is not modelled. */
type Part = ReadCondition | { then: NonNullable<ReadRule['then']> } | 'harmless' | { unknown: string };

type Read = (content: Json, scope: Scope) => Part;

const harmless: Read = () => 'harmless';
const noting = (ask: Condition, what: string): Part => ({ ask, match: what, remembers: true, print: () => what, listParts: () => [] });

/** A statement that has an object with a name, or its own. */
function withObject(kind: string, read: (spec: Json, key: unknown) => Condition): Read {
  return (content, { objects }) => {
    const spec = typeof content === 'string' ? objects.get(`${kind} ${content}`) : content;
    return spec === undefined ? { unknown: kind } : noting(read(spec, spec), kind);
  };
}

const doing =
  (
    translates: boolean,
    read: (content: Json, scope: Scope) => Extract<NonNullable<ReadRule['then']>, { action: unknown }>['action'],
  ): Read =>
  (content, scope) => ({ then: { action: read(content, scope), translates } });

/** Each kind of statement (libnftables-json(5), STATEMENTS). What is not here is not known. */
const STATEMENTS: Record<string, Read> = {
  match: (content, scope) => {
    const isCounting = remembers(getMember(content, 'left') ?? null);
    const part = { ask: readMatch(content, scope), print: () => printMatch(content), show: showMatch(content, scope) };
    return {
      ...part,
      match: printExpression(getMember(content, 'left')),
      remembers: isCounting,
      // What counts its packets cannot be asked again.
      listParts: () => (isCounting ? [] : [part]),
    };
  },
  counter: harmless,
  log: harmless,
  'ct helper': harmless,
  limit: withObject('limit', readLimit),
  quota: withObject('quota', readQuota),
  'ct count': (content) => noting(readCount(content), 'ct count'),
  set: (content, scope) => readSetStatement(content, scope),
  mangle: (content, scope) => {
    const change = readChange(content, scope);
    return typeof change === 'string'
      ? { unknown: change }
      : noting((packet, place) => {
          const isDone = change(packet, place);
          return isDone === 'unknown' ? unknown('what a rule sets') : isDone;
        }, 'set');
  },
  notrack: () =>
    noting((packet) => {
      untrack(packet);
      return true;
    }, 'notrack'),
  vmap: doing(false, readVerdictMap),
  reject: doing(false, readReject),
  snat: doing(true, readNat('source')),
  dnat: doing(true, readNat('destination')),
  masquerade: doing(true, readMasquerade),
  redirect: doing(true, readRedirect),
};

/** `add @seen { ip saddr }` and `update`; other changes of sets are not modelled. */
function readSetStatement(content: Json, scope: Scope): Part {
  const operation = getText(content, 'op');
  const set = scope.sets.get(getText(content, 'set').slice(1));
  if (set === undefined || set.isUnmodelled) {
    return { unknown: `${operation} to a set` };
  }
  const element = getMember(content, 'elem');
  const { read } = readExpression(getMember(getMember(element, 'elem'), 'val') ?? element, scope);
  return noting((packet, place) => {
    const value = read(packet, place);
    if (value === 'none') {
      return false;
    }
    addElement(value, set, place.memory);
    return true;
  }, operation);
}

/** Reads the statements of a rule. One that is not modelled makes the fate of a packet that comes to it unknown. */
export function readRule(statements: Json[], entry: number | null, scope: Scope): ReadRule {
  const conditions: ReadCondition[] = [];
  const reach = readReach(statements, scope);
  for (const statement of statements) {
    const part = readStatement(statement, scope);
    if (typeof part === 'object' && 'ask' in part) {
      conditions.push(part);
    } else if (part !== 'harmless') {
      return { entry, conditions, then: 'then' in part ? part.then : { action: () => part, translates: false }, reach };
    }
  }
  return { entry, conditions, then: null, reach };
}

function readStatement(statement: Json, scope: Scope): Part {
  const [kind, content] = getOnly(statement) ?? ['a statement', null];
  const verdict = readVerdict(statement);
  if (verdict !== null) {
    return { then: typeof verdict === 'object' && 'to' in verdict ? verdict : { action: () => verdict, translates: false } };
  }
  return STATEMENTS[kind]?.(content, scope) ?? { unknown: kind };
}
