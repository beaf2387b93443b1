import { describeValue, listWords, quote } from './describe-value.js';
import { getWords } from './normalize-expectation.js';
import { didYouMean, suggestWord } from '../rules/suggest-word.js';
const TYPES = {
    string: 'a string',
    number: 'a number',
    integer: 'a whole number',
    boolean: 'true or false',
    object: 'an object',
    array: 'an array',
    null: 'null',
};
const DESCRIBE = {
    type: describeType,
    enum: describeEnum,
    required: ({ params }) => `missing key ${quote(params['missingProperty'])}`,
    additionalProperties: ({ params, parentSchema }) => {
        const key = params['additionalProperty'];
        return `unknown key ${quote(key)}${didYouMean(key, Object.keys((parentSchema?.['properties'] ?? {})))}`;
    },
    format: ({ data }) => expected('a numeric IPv4 address', data),
    pattern: ({ data }) => expected(`a name ${/^[.-]/.test(data) ? 'that begins with a letter, a digit or "_"' : 'of letters, digits, "_", "." and "-"'}`, data),
    minimum: describeRange,
    maximum: describeRange,
    minLength: ({ data }) => expected('some text', data),
    maxLength: ({ params, data }) => `expected at most ${count(params, 'character')}, found ${[...data].length}`,
    minItems: ({ params, data }) => `expected at least ${count(params, 'item')}, found ${data.length}`,
    maxItems: ({ params, data }) => `expected at most ${count(params, 'item')}, found ${data.length}`,
    minProperties: ({ params, data }) => `expected at least ${count(params, 'key')}, found ${Object.keys(data).length}`,
    maxProperties: ({ params, data }) => `expected at most ${count(params, 'key')}, found ${Object.keys(data).length}`,
};
/** What ajv found, in plain words. */
export function describeSchemaError(error) {
    return DESCRIBE[error.keyword]?.(error) ?? error.message ?? error.keyword;
}
function describeType({ params, data, parentSchema }) {
    // What everybody writes first.
    const isFile = parentSchema?.['title'] === 'RulesetInput' && typeof data === 'string';
    const types = [params['type']].flat().map((type) => TYPES[type] ?? String(type));
    return expected(isFile ? `an object such as { "file": ${quote(data)} }` : listWords(types), data);
}
function expected(what, data) {
    return `expected ${what}, found ${describeValue(data)}`;
}
function describeEnum({ params, data, instancePath }) {
    const allowed = params['allowedValues'];
    if (typeof data !== 'string' || allowed.length === 1) {
        return expected(listWords(allowed.map(quote)), data);
    }
    if (instancePath.endsWith('/outcome')) {
        return describeWord(data, 'an outcome', getWords('outcome'), 'a cause', getWords('cause'));
    }
    if (instancePath.endsWith('/cause')) {
        return describeWord(data, 'a cause', getWords('cause'), 'an outcome', getWords('outcome'));
    }
    return describeUnknown(data, allowed);
}
/** Outcomes and causes are easily taken for each other. */
function describeWord(word, kind, allowed, otherKind, others) {
    const meant = suggestWord(word, [...allowed, ...others]);
    return meant !== null && others.includes(meant) ? `${quote(meant)} is ${otherKind}, not ${kind}` : describeUnknown(word, allowed);
}
function describeUnknown(word, allowed) {
    const suggestion = suggestWord(word, allowed);
    return suggestion === null
        ? expected(listWords(allowed.map(quote)), word)
        : `unknown word ${quote(word)} (did you mean ${quote(suggestion)}?)`;
}
function describeRange({ parentSchema, data }) {
    const { minimum, maximum } = parentSchema;
    return expected(maximum === undefined ? `${minimum} or more` : `a number from ${minimum} to ${maximum}`, data);
}
function count(params, noun) {
    return `${String(params['limit'])} ${noun}${params['limit'] === 1 ? '' : 's'}`;
}
