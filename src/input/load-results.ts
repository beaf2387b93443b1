import { promises as fs } from 'node:fs';
import type { Diagnostic } from '../model/diagnostic.js';
import { SpecError } from '../model/errors.js';
import type { Result, ScenarioResult } from '../model/result.js';
import { quote } from '../words/phrases.js';
import { getShownName, makeFileDiagnostic, readText, STDIN } from './files/read.js';
import { locatePointer } from './json/node.js';
import { parseAnyJson } from './json/parse.js';
import { parseResult } from './parse-result.js';
import { addSources } from './quoted-lines.js';
import type { RulesetText } from './ruleset-files.js';

/**
 * The largest document that is read. A thousand scenarios with their journeys take about 10 MiB; a string of Node.js has at most 512 Mi
 * characters.
 */
const MOST_BYTES = 256 * 1024 * 1024;

/** A result document that was read from a file. */
export interface ResultFile {
  /** The path as the user gave it. */
  file: string;
  result: Result;
}

/**
 * Reads result documents, as `-r json` writes them. A path is a file, or `-` for standard input. A file that is named twice is read once.
 *
 * @throws {SpecError} with all errors of all documents, in the order of the paths; a run that occurs twice is an error too
 */
export async function loadResults(paths: string[]): Promise<ResultFile[]> {
  const results: (ResultFile & { text: string })[] = [];
  const diagnostics: Diagnostic[] = [];
  const texts = new Map<string, RulesetText>();
  const loaded = new Set<string>();
  for (const path of paths) {
    const file = getShownName(path);
    const real = path === STDIN ? STDIN : await fs.realpath(path).catch(() => path);
    if (loaded.has(real)) {
      diagnostics.push(...(path === STDIN ? [makeFileDiagnostic(path, 'standard input can be read only once')] : []));
      continue;
    }
    loaded.add(real);
    const read = await readText(path, { mostBytes: MOST_BYTES });
    texts.set(file, read);
    const parsed = 'problem' in read ? [makeFileDiagnostic(path, read.problem)] : parseResult(read.text, file);
    if (Array.isArray(parsed)) {
      diagnostics.push(...addSources(parsed, texts));
    } else {
      results.push({ file, result: parsed, text: 'text' in read ? read.text : '' });
    }
  }
  diagnostics.push(...addSources(findRepeatedRuns(results), texts));
  if (diagnostics.length > 0) {
    throw new SpecError(diagnostics, 'the result documents');
  }
  return results.map(({ file, result }) => ({ file, result }));
}

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
function findRepeatedRuns(documents: (ResultFile & { text: string })[]): Diagnostic[] {
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
