import { describeSchemaError } from './describe-schema-error.js';
import { findSchemaErrors } from './find-schema-errors.js';
import { joinPointer } from './locate-pointer.js';
// These say only that another error exists.
const ECHOES = new Set(['if', 'propertyNames']);
/** Reports what the schema has against a file. */
export function checkSchema(value, problems) {
    for (const error of findSchemaErrors(value)) {
        if (ECHOES.has(error.keyword)) {
            continue;
        }
        const key = getKeyAtFault(error);
        if (key === undefined) {
            problems.add(error.instancePath, describeSchemaError(error));
        }
        else {
            problems.add(joinPointer(error.instancePath, key), describeSchemaError(error), 'key');
        }
    }
}
/** The key, where the fault lies in a key and not in its value. */
function getKeyAtFault(error) {
    return error.propertyName ?? error.params.additionalProperty;
}
