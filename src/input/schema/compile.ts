import { isIP } from 'node:net';

/** The options of ajv, here and at build time. With `verbose`, an error has its schema and its value, which the messages quote. */
export const OPTIONS = { allErrors: true, verbose: true, allowUnionTypes: true };

/** The formats of the schema, with their checks. */
export const FORMATS = { ip: (text: string): boolean => isIP(text) !== 0 };

type Schema = Record<string, unknown>;

/**
 * Rewrites a schema so that ajv reports its errors well. The meaning stays the same.
 * - Each `anyOf` becomes one `if type … then …` for each branch. For an `anyOf`, ajv reports the errors of all branches and does not say to
 *   which branch an error belongs. The `if` leaves only the errors of the branch that fits the JSON type of the value.
 * - Each `$ref` is replaced by its definition; no definition is recursive. For each use of a definition, ajv copies all errors found so
 *   far. That took 10 s for 40,000 wrong probes.
 *
 * @throws Error if two branches of an `anyOf` have the same type
 */
export function expandSchema(schema: unknown, root: unknown = schema): unknown {
  if (Array.isArray(schema)) {
    return schema.map((item) => expandSchema(item, root));
  }
  if (typeof schema !== 'object' || schema === null) {
    return schema;
  }
  if ('$ref' in schema) {
    return expandSchema(getDefinition(schema.$ref as string, root as Schema), root);
  }
  const { definitions: _, ...own } = schema as Schema;
  const { anyOf, ...rest } = Object.fromEntries(Object.entries(own).map(([key, value]) => [key, expandSchema(value, root)]));
  return anyOf === undefined ? rest : { ...rest, allOf: splitByType(anyOf as Schema[]) };
}

function getDefinition(ref: string, root: Schema): unknown {
  return (root['definitions'] as Schema)[ref.replace('#/definitions/', '')];
}

/** A branch with `enum` and without `type` has strings only, in these schemas. */
function splitByType(branches: Schema[]): Schema[] {
  const types = branches.map((branch) => ('enum' in branch ? 'string' : branch['type']));
  if (new Set(types).size < types.length) {
    throw new Error(`the branches of an anyOf must differ in type: ${types.join(', ')}`);
  }
  return [{ type: types }, ...branches.map((branch, index) => ({ if: { type: types[index] }, then: branch }))];
}
