import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { parseResult } from '../../src/input/parse-result.js';
import type { ProbeResult, Result } from '../../src/model/result.js';
import { printDiagnostic } from '../../src/report/shared/diagnostics.js';
import type { Ended } from './loopfw.js';

const validate = new Ajv({ allErrors: true, allowUnionTypes: true }).compile(
  JSON.parse(readFileSync(new URL('../../schema/result.json', import.meta.url), 'utf8')) as object,
);

/**
 * Reads the result document of a run.
 * @throws if it is not JSON, or does not match schema/result.json
 */
export function readResult({ stdout, stderr }: Pick<Ended, 'stdout' | 'stderr'>): Result {
  let result: unknown;
  try {
    result = JSON.parse(stdout);
  } catch {
    throw new Error(`not a result document: ${stdout.slice(0, 200)}\n${stderr}`);
  }
  if (!validate(result)) {
    throw new Error(`not what schema/result.json says: ${JSON.stringify(validate.errors, null, 2)}`);
  }
  return result as Result;
}

/**
 * Reads a result document that lies beside a test.
 * @throws if it does not match schema/result.json
 */
export function readResultFile(url: URL): Result {
  const result = parseResult(readFileSync(url, 'utf8'), url.pathname);
  if (Array.isArray(result)) {
    throw new Error(result.map(printDiagnostic).join('\n'));
  }
  return result;
}

/** The parts of a result that must be equal for all users, machines and kinds of waiting. */
export function getVerdicts(result: Result): unknown[] {
  return result.scenarios.flatMap(({ name, probes }) => probes.map((probe) => ({ scenario: name, ...getVerdict(probe) })));
}

function getVerdict({ index, name, status, observed, cause, rule }: ProbeResult) {
  return { index, name, status, outcome: observed?.outcome, cause, rule };
}
