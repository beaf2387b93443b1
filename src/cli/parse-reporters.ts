import { UsageError } from '../errors.js';
import { REPORTERS, type ReporterName } from '../report/reporters.js';

export interface ReporterRequest {
  name: ReporterName;
  /** null: standard output */
  file: string | null;
}

/**
 * Parses values such as `name` and `name=file`. Without any value the reporter is tap under a TAP harness, otherwise human.
 * @throws UsageError for an unknown name, for a missing file name, and where two reports would share standard output
 */
export function parseReporters(values: string[], env: NodeJS.ProcessEnv): ReporterRequest[] {
  const requests = (values.length === 0 ? [getUsualReporter(env)] : values).map(parseReporter);
  if (requests.filter(({ file }) => file === null).length > 1) {
    throw new UsageError('only one reporter can have standard output: give the others a file, as in -r json=result.json');
  }
  return requests;
}

/** The test runners tap and prove set a variable for the programs that they run: they read TAP. */
function getUsualReporter({ TAP, HARNESS_ACTIVE }: NodeJS.ProcessEnv): ReporterName {
  return TAP === '1' || HARNESS_ACTIVE === '1' ? 'tap' : 'human';
}

function parseReporter(value: string): ReporterRequest {
  const [name = '', ...rest] = value.split('=');
  if (!Object.hasOwn(REPORTERS, name)) {
    throw new UsageError(`unknown reporter ${JSON.stringify(name)}: expected one of ${Object.keys(REPORTERS).join(', ')}`);
  }
  const file = rest.join('=');
  if (rest.length > 0 && file === '') {
    throw new UsageError(`-r ${value}: the file's name is missing`);
  }
  return { name: name as ReporterName, file: rest.length === 0 ? null : file };
}
