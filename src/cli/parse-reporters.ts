import { UsageError } from '../errors.js';
import { REPORTERS, type ReporterName } from '../report/reporters.js';

export interface ReporterRequest {
  name: ReporterName;
  /** null: standard output */
  file: string | null;
}

/**
 * Reads `name` and `name=file`, each of which may come several times; without any, the human report.
 * @throws UsageError for an unknown name, and where two reports would share standard output
 */
export function parseReporters(values: string[]): ReporterRequest[] {
  const requests = (values.length === 0 ? ['human'] : values).map(parseReporter);
  if (requests.filter(({ file }) => file === null).length > 1) {
    throw new UsageError('only one reporter can have standard output: give the others a file, as in -r json=result.json');
  }
  return requests;
}

function parseReporter(value: string): ReporterRequest {
  const [name = '', ...rest] = value.split('=');
  if (!(name in REPORTERS)) {
    throw new UsageError(`unknown reporter ${JSON.stringify(name)}: expected ${Object.keys(REPORTERS).join(' or ')}`);
  }
  const file = rest.join('=');
  if (rest.length > 0 && file === '') {
    throw new UsageError(`-r ${value}: the file's name is missing`);
  }
  return { name: name as ReporterName, file: rest.length === 0 ? null : file };
}
