import type { Diagnostic } from '../model/diagnostic.js';
import type { Result } from '../model/result.js';
import { describeValue } from './describe-value.js';
import { findResultErrors } from './find-result-errors.js';
import { parseAnyJson } from './parse-json.js';
import { isObject, Place } from './place.js';
import { ProblemList } from './problem-list.js';
import { reportSchemaErrors } from './report-schema-errors.js';

const VERSION = 1;

/** A result document, or everything that is wrong with its text, by line and column. */
export function parseResult(text: string, file: string): Result | Diagnostic[] {
  const value = parseQuickly(text);
  return value !== undefined && isResult(value) ? value : explain(text, file);
}

/** JSON.parse is a hundred times as quick as what knows positions, and a document is nearly always in order. */
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
  } else {
    reportSchemaErrors(findResultErrors(value), problems);
  }
  if (problems.isEmpty) {
    place.complain('expected plain JSON, without comments and trailing commas'); // as loopfw writes it
  }
  return problems.toSorted();
}
