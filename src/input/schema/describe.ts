import type { ErrorObject } from 'ajv';
import { countNoun, describeValue, listWords, quote } from '../../words/phrases.js';
import { didYouMean, suggestWord } from '../../words/suggestion.js';
import type { ProblemList } from '../json/document.js';
import { joinPointer } from '../json/node.js';
import { getWords } from './expectation.js';

const TYPES: Record<string, string> = {
  string: 'a string',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  object: 'an object',
  array: 'an array',
  null: 'null',
};

/** The pattern of `errno` in schema/result.json. */
const ERRNO = '^E[A-Z0-9]+$';

/** The place of a rule set file in a scenario. */
const RULESET = /^(?:\/\d+)?\/ruleset(?:\/\d+)?$/;

// Errors with these keywords only repeat that there is another error.
const ECHOES = new Set(['if', 'propertyNames']);

type Describe = (error: ErrorObject) => string;

const DESCRIBE: Record<string, Describe> = {
  type: describeType,
  enum: describeEnum,
  required: ({ params }) => `missing key ${quote(params['missingProperty'] as string)}`,
  additionalProperties: ({ params, parentSchema }) => {
    const key = params['additionalProperty'] as string;
    return `unknown key ${quote(key)}${didYouMean(key, Object.keys((parentSchema?.['properties'] ?? {}) as object))}`;
  },
  format: ({ data }) => expected('a numeric IPv4 address', data),
  pattern: ({ data, parentSchema }) =>
    expected(
      parentSchema?.['pattern'] === ERRNO
        ? 'the name of an error, such as "ECONNREFUSED"'
        : `a name ${/^[.-]/.test(data as string) ? 'that begins with a letter, a digit or "_"' : 'of letters, digits, "_", "." and "-"'}`,
      data,
    ),
  minimum: describeRange,
  maximum: describeRange,
  minLength: ({ data }) => expected('some text', data),
  maxLength: ({ params, data }) => `expected at most ${count(params, 'character')}, found ${[...(data as string)].length}`,
  minItems: ({ params, data }) => `expected at least ${count(params, 'item')}, found ${(data as unknown[]).length}`,
  maxItems: ({ params, data }) => `expected at most ${count(params, 'item')}, found ${(data as unknown[]).length}`,
  minProperties: ({ params, data }) => `expected at least ${count(params, 'key')}, found ${Object.keys(data as object).length}`,
  maxProperties: ({ params, data }) => `expected at most ${count(params, 'key')}, found ${Object.keys(data as object).length}`,
};

/** Adds the errors of a schema check to a file's problems. */
export function reportSchemaErrors(errors: ErrorObject[], problems: ProblemList): void {
  for (const error of errors) {
    if (ECHOES.has(error.keyword)) {
      continue;
    }
    const key = getKeyAtFault(error);
    if (key === undefined) {
      problems.add(error.instancePath, describeSchemaError(error));
    } else {
      problems.add(joinPointer(error.instancePath, key), describeSchemaError(error), 'key');
    }
  }
}

/** The key, if the error is about a key and not about its value. */
function getKeyAtFault(error: ErrorObject): string | undefined {
  return error.propertyName ?? (error.params as { additionalProperty?: string }).additionalProperty;
}

/** The message for an error of ajv, in plain words. */
function describeSchemaError(error: ErrorObject): string {
  return DESCRIBE[error.keyword]?.(error) ?? error.message ?? error.keyword;
}

function describeType({ params, data, instancePath }: ErrorObject): string {
  // The common mistake is to write only the file name.
  const isFile = RULESET.test(instancePath) && typeof data === 'string';
  const types = [params['type']].flat().map((type) => TYPES[type as string] ?? String(type));
  return expected(isFile ? `an object such as { "file": ${quote(data)} }` : listWords(types), data);
}

function expected(what: string, data: unknown): string {
  return `expected ${what}, found ${describeValue(data)}`;
}

function describeEnum({ params, data, instancePath }: ErrorObject): string {
  const values = params['allowedValues'] as (string | null)[];
  const allowed = values.filter((value) => value !== null);
  if (typeof data !== 'string' || allowed.length === 1) {
    return expected(listWords(values.map(describeValue)), data);
  }
  if (instancePath.endsWith('/outcome')) {
    return describeWord(data, 'an outcome', getWords('outcome'), 'a cause', getWords('cause'));
  }
  if (instancePath.endsWith('/cause')) {
    return describeWord(data, 'a cause', getWords('cause'), 'an outcome', getWords('outcome'));
  }
  return describeUnknown(data, allowed);
}

/** Describes an unknown outcome or cause. Users often mix up the two, and the message then says so. */
function describeWord(word: string, kind: string, allowed: string[], otherKind: string, others: string[]): string {
  const meant = suggestWord(word, [...allowed, ...others]);
  return meant !== null && others.includes(meant) ? `${quote(meant)} is ${otherKind}, not ${kind}` : describeUnknown(word, allowed);
}

function describeUnknown(word: string, allowed: string[]): string {
  const suggestion = suggestWord(word, allowed);
  return suggestion === null
    ? expected(listWords(allowed.map(quote)), word)
    : `unknown word ${quote(word)} (did you mean ${quote(suggestion)}?)`;
}

function describeRange({ parentSchema, data }: ErrorObject): string {
  const { minimum, maximum } = parentSchema as { minimum: number; maximum?: number };
  return expected(maximum === undefined ? `${minimum} or more` : `a number from ${minimum} to ${maximum}`, data);
}

function count(params: Record<string, unknown>, noun: string): string {
  return countNoun(params['limit'] as number, noun);
}
