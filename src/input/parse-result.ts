import type { Diagnostic } from '../model/diagnostic.js';
import type { Result } from '../model/result.js';
import { describeValue } from '../words/phrases.js';
import { isObject, Place, ProblemList } from './json/document.js';
import { parseAnyJson } from './json/parse.js';
import { reportSchemaErrors } from './schema/describe.js';
import { findResultErrors } from './schema/validate-result.js';

const VERSION = 1;

/** Parses a result document. The result is the document, or all errors of the text by line and column. */
export function parseResult(text: string, file: string): Result | Diagnostic[] {
  const value = parseQuickly(text);
  return value !== undefined && isResult(value) ? value : explain(text, file);
}

/**
 * Parses without positions; undefined if the text is not plain JSON. JSON.parse is about 15 times as fast as parseAnyJson (measured: 16 and
 * 220 ms for 4 MB), and a document seldom has errors.
 */
function parseQuickly(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function isResult(value: unknown): value is Result {
  return findResultErrors(value).length === 0;
}

/** What to do with a document from before `startedAt`: it lacks much else that reports need, and one line says so better than hundreds. */
function describeEarlier(environment: unknown): string {
  const version = isObject(environment) ? environment['loopfw'] : undefined;
  const writer = typeof version === 'string' ? ` (${version})` : '';
  return `an earlier loopfw${writer} wrote this document, and it lacks what reports need now, such as "startedAt": run the scenarios again, or use the loopfw that wrote it`;
}

function explain(text: string, file: string): Diagnostic[] {
  const json = parseAnyJson(text);
  if ('message' in json) {
    return [{ file, ...json.position, message: json.message, pointer: null }];
  }
  const { root, value } = json;
  const problems = new ProblemList(file, root);
  const place = new Place(problems, value);
  if (!isObject(value) || value['version'] === undefined) {
    place.complain('expected a result document, as loopfw run -r json writes it');
  } else if (value['version'] !== VERSION) {
    place.member('version').complain(`expected version ${VERSION} of the result document, found ${describeValue(value['version'])}`);
  } else if (value['startedAt'] === undefined) {
    place.complain(describeEarlier(value['environment']));
  } else {
    reportSchemaErrors(findResultErrors(value), problems);
  }
  if (problems.isEmpty) {
    place.complain('expected plain JSON, without comments and trailing commas'); // loopfw writes neither
  }
  return problems.toSorted();
}
