import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { expandSchema } from './expand-schema.js';
import { FORMATS, OPTIONS } from './validator-options.js';
let validate;
/**
 * What schema/scenario.json has against a value. Here it is compiled at its first use; script/compile-validator.js puts a compiled one in
 * the place of this module when the package is built.
 */
export function findSchemaErrors(value) {
    validate ??= makeValidator();
    return validate(value) ? [] : (validate.errors ?? []);
}
function makeValidator() {
    const schema = JSON.parse(readFileSync(new URL('../../schema/scenario.json', import.meta.url), 'utf8'));
    const ajv = new Ajv({ ...OPTIONS, formats: FORMATS, code: { optimize: false } });
    return ajv.compile(expandSchema(schema));
}
