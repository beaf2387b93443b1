/**
 * The same schema, in the form in which ajv reports it best:
 * - every `anyOf` as one `if type … then …` for each of its branches. Of an anyOf ajv reports the errors of all branches, and not
 *   which is whose; this way only those of the branch that fits the value's JSON type arise.
 * - every `$ref` replaced by what it means (none is recursive): for each call of a definition ajv copies all errors so far, which
 *   made 10 s of 40,000 wrong probes.
 */
export function expandSchema(schema, root = schema) {
    if (Array.isArray(schema)) {
        return schema.map((item) => expandSchema(item, root));
    }
    if (typeof schema !== 'object' || schema === null) {
        return schema;
    }
    if ('$ref' in schema) {
        return expandSchema(getDefinition(schema.$ref, root), root);
    }
    const { definitions: _, ...own } = schema;
    const { anyOf, ...rest } = Object.fromEntries(Object.entries(own).map(([key, value]) => [key, expandSchema(value, root)]));
    return anyOf === undefined ? rest : { ...rest, allOf: splitByType(anyOf) };
}
function getDefinition(ref, root) {
    return root['definitions'][ref.replace('#/definitions/', '')];
}
/** An enum without type is of strings here. */
function splitByType(branches) {
    const types = branches.map((branch) => ('enum' in branch ? 'string' : branch['type']));
    if (new Set(types).size < types.length) {
        throw new Error(`the branches of an anyOf must differ in type: ${types.join(', ')}`);
    }
    return [{ type: types }, ...branches.map((branch, index) => ({ if: { type: types[index] }, then: branch }))];
}
