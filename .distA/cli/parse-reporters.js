import { UsageError } from '../errors.js';
import { REPORTERS } from '../report/reporters.js';
/**
 * Reads `name` and `name=file`, each of which may come several times; without any, the report for who is reading.
 * @throws UsageError for an unknown name, and where two reports would share standard output
 */
export function parseReporters(values, env) {
    const requests = (values.length === 0 ? [getUsualReporter(env)] : values).map(parseReporter);
    if (requests.filter(({ file }) => file === null).length > 1) {
        throw new UsageError('only one reporter can have standard output: give the others a file, as in -r json=result.json');
    }
    return requests;
}
/** tap, and prove, tell what they run that they read TAP. */
function getUsualReporter({ TAP, HARNESS_ACTIVE }) {
    return TAP === '1' || HARNESS_ACTIVE === '1' ? 'tap' : 'human';
}
function parseReporter(value) {
    const [name = '', ...rest] = value.split('=');
    if (!Object.hasOwn(REPORTERS, name)) {
        throw new UsageError(`unknown reporter ${JSON.stringify(name)}: expected one of ${Object.keys(REPORTERS).join(', ')}`);
    }
    const file = rest.join('=');
    if (rest.length > 0 && file === '') {
        throw new UsageError(`-r ${value}: the file's name is missing`);
    }
    return { name: name, file: rest.length === 0 ? null : file };
}
