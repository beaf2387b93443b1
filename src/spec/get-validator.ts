import { readFileSync } from 'node:fs';
import { Ajv, type AnySchema, type ValidateFunction } from 'ajv';
import { expandSchema } from './expand-schema.js';
import { FORMATS, OPTIONS } from './validator-options.js';

let validator: ValidateFunction | undefined;

/**
 * The check against schema/scenario.json. Here it is compiled at its first use; script/compile-validator.js puts a compiled one in the
 * place of this module when the package is built.
 */
export function getValidator(): ValidateFunction {
  validator ??= makeValidator();
  return validator;
}

function makeValidator(): ValidateFunction {
  const schema: unknown = JSON.parse(readFileSync(new URL('../../schema/scenario.json', import.meta.url), 'utf8'));
  const ajv = new Ajv({ ...OPTIONS, formats: FORMATS, code: { optimize: false } });
  return ajv.compile(expandSchema(schema) as AnySchema);
}
