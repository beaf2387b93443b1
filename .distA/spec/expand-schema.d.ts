/**
 * The same schema, in the form in which ajv reports it best:
 * - every `anyOf` as one `if type … then …` for each of its branches. Of an anyOf ajv reports the errors of all branches, and not
 *   which is whose; this way only those of the branch that fits the value's JSON type arise.
 * - every `$ref` replaced by what it means (none is recursive): for each call of a definition ajv copies all errors so far, which
 *   made 10 s of 40,000 wrong probes.
 */
export declare function expandSchema(schema: unknown, root?: unknown): unknown;
