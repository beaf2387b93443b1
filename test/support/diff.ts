import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import type { Diff } from '../../src/model/insight/diff.js';
import type { Ended } from './loopfw.js';

const validate = new Ajv({ allErrors: true, allowUnionTypes: true }).compile(
  JSON.parse(readFileSync(new URL('../../schema/diff.json', import.meta.url), 'utf8')) as object,
);

/**
 * Reads what `loopfw diff -r json` has written.
 * @throws if it is not JSON, or does not match schema/diff.json
 */
export function readDiff({ stdout, stderr }: Pick<Ended, 'stdout' | 'stderr'>): Diff {
  if (stdout === '') {
    throw new Error(`no document: ${stderr}`);
  }
  const diff: unknown = JSON.parse(stdout);
  if (!validate(diff)) {
    throw new Error(`not what schema/diff.json says: ${JSON.stringify(validate.errors, null, 2)}`);
  }
  return diff as Diff;
}
