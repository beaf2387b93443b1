import type { Diagnostic } from '../model/diagnostic.js';
import type { ScenarioResult } from '../model/result.js';
import type { ResultFile } from '../model/result-file.js';
import { quote } from '../words/phrases.js';
import { locatePointer } from './locate-pointer.js';
import { parseAnyJson } from './parse-json.js';

interface Repeated {
  /** The index of the run in the document's `scenarios`. */
  place: number;
  run: ScenarioResult;
  /** The name of the document that has the run first. */
  earlier: string;
}

/**
 * Finds runs that are in two documents, or twice in one document. Such runs are an error, because nothing says which one counts. The result
 * has at most one diagnostic for each document. A run is identified by file, name and back end.
 */
export function findRepeatedRuns(documents: (ResultFile & { text: string })[]): Diagnostic[] {
  const owners = new Map<string, string>();
  return documents.flatMap(({ file, result, text }) => {
    const repeated = result.scenarios.flatMap((run, place): Repeated[] => {
      const key = JSON.stringify([run.file, run.name, run.backend]);
      const earlier = owners.get(key);
      owners.set(key, earlier ?? file);
      return earlier === undefined ? [] : [{ place, run, earlier }];
    });
    const [first] = repeated;
    return first === undefined ? [] : [describe(file, text, first, repeated.length - 1)];
  });
}

function describe(file: string, text: string, { place, run, earlier }: Repeated, others: number): Diagnostic {
  const pointer = `/scenarios/${place}`;
  const json = parseAnyJson(text);
  const position = 'message' in json ? { line: 1, column: 1 } : locatePointer(json.root, pointer);
  const more = others === 0 ? '' : `; so ${others === 1 ? 'is one other' : `are ${others} others`} of this document`;
  const message = `scenario ${quote(run.name)} of ${run.file} on ${run.backend} is in ${earlier === file ? 'this document' : earlier} already${more}`;
  return { file, ...position, message, pointer };
}
