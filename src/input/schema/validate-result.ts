import { readFileSync } from 'node:fs';
import { Ajv, type AnySchema, type ErrorObject, type ValidateFunction } from 'ajv';
import { expandSchema, OPTIONS } from './compile.js';

let validate: ValidateFunction | undefined;

/**
 * The errors of a value against schema/result.json. The schema is compiled at the first call, because only `merge` reads result documents.
 */
export function findResultErrors(value: unknown): ErrorObject[] {
  validate ??= makeValidator();
  return validate(value) ? [] : (validate.errors ?? []);
}

function makeValidator(): ValidateFunction {
  const schema: unknown = JSON.parse(readFileSync(new URL('../../../schema/result.json', import.meta.url), 'utf8'));
  return new Ajv({ ...OPTIONS, code: { optimize: false } }).compile(expandSchema(schema) as AnySchema);
}
