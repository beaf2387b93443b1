import { access, constants, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { UsageError } from '../../model/errors.js';
import type { Result } from '../../model/result.js';
import { hideCommands } from '../../report/ci/annotations.js';
import { printJson } from '../../report/ci/json.js';
import type { Pipeline } from '../../report/shared/pipeline.js';
import { FOLDER_REPORTERS, type ReporterName, REPORTERS } from '../../report/reporters.js';
import type { ReportOptions } from '../../report/shared/reporter.js';
import { makeHarmless } from '../../words/harmless.js';
import { writeWhole } from './files.js';
import { followLinks } from './links.js';
import { findPipeline } from './pipeline.js';
import { assertFolderWritable, isFolder, writeFolder } from './report-folders.js';
import { assertOutputOpen } from './standard-output.js';
import { isOn } from './switches.js';
import { getOutputColumns } from './terminal.js';

/** The options of the human report. */
export interface HumanOptions {
  verbose?: boolean;
  quiet?: boolean;
}

/** How much the human report says. */
export function getDetail({ verbose = false, quiet }: HumanOptions): Pick<ReportOptions, 'isVerbose' | 'isQuiet'> {
  return { isVerbose: verbose, isQuiet: !verbose && isOn(quiet, 'LOOPFW_QUIET') };
}

/** The reports for people. Their texts could have commands for GitHub Actions, which takes them from the log. */
const READ_IN_LOG: string[] = ['human', 'tap'];

/** Checks, before a long run, that its reports can be written. @throws UsageError where one cannot */
export async function assertWritable(requests: ReporterRequest<string>[]): Promise<void> {
  for (const { file } of requests) {
    if (file === null) {
      assertOutputOpen();
    } else if (isFolder(file)) {
      await assertFolderWritable(file);
    } else {
      await assertFileWritable(file);
    }
  }
}

/** Checks that a file can be written. @throws UsageError */
export async function assertFileWritable(file: string): Promise<void> {
  const known = await stat(file).catch(() => null);
  const target = await followLinks(file).catch((error: unknown) => {
    throw new UsageError(makeHarmless(`cannot write ${file}: ${error instanceof Error ? error.message : String(error)}`));
  });
  const folder = dirname(target);
  await access(folder, constants.W_OK | constants.X_OK).catch(() => {
    // A pipe or a device is written in place: its folder does not matter.
    if (known === null || known.isFile()) {
      throw new UsageError(makeHarmless(`cannot write ${file}: the folder ${folder} is not there or may not be written to`));
    }
  });
}

/**
 * Writes each report to standard output or to its file. After a failure the other reports are still written.
 * @throws UsageError or EnvironmentError, the first failure
 */
export async function writeReports(
  result: Result,
  requests: ReporterRequest[],
  hasColors: boolean,
  options: Pick<ReportOptions, 'isVerbose' | 'isQuiet' | 'countsWarnings' | 'listsCoverage'> = {},
): Promise<void> {
  const tapVersion = process.env['TAP_VERSION'] === '13' ? 13 : 14;
  const pipeline = findPipeline(process.env);
  const failures: unknown[] = [];
  for (const { name, file } of requests) {
    const listFiles = FOLDER_REPORTERS[name];
    if (file !== null && isFolder(file) && listFiles !== undefined) {
      await writeFolder(file, listFiles(result, { ...options, color: false, pipeline })).catch((error: unknown) => failures.push(error));
      continue;
    }
    const look = file === null ? { color: hasColors, columns: getOutputColumns() } : { color: false };
    const print = () => REPORTERS[name](result, { ...options, ...look, tapVersion, pipeline });
    const parts = name === 'json' ? printJson(result) : [makePrintable(print(), { name, file }, pipeline)];
    await writeParts(file, parts).catch((error: unknown) => failures.push(error));
  }
  if (failures.length > 0) {
    throw failures[0];
  }
}

/** How a report looks on a screen, and where it will be read. */
export interface Look {
  color: boolean;
  columns?: number | undefined;
  pipeline: Pipeline | undefined;
}

/** Does the same for reports of another kind, which are texts. @throws UsageError or EnvironmentError, the first failure */
export async function writeTexts<Name extends string>(
  requests: ReporterRequest<Name>[],
  hasColors: boolean,
  print: (name: Name, look: Look) => string,
): Promise<void> {
  const pipeline = findPipeline(process.env);
  const failures: unknown[] = [];
  for (const request of requests) {
    const { name, file } = request;
    const look = file === null ? { color: hasColors, columns: getOutputColumns() } : { color: false };
    const text = print(name, { ...look, pipeline });
    await writeParts(file, [makePrintable(text, request, pipeline)]).catch((error: unknown) => failures.push(error));
  }
  if (failures.length > 0) {
    throw failures[0];
  }
}

/** Takes their meaning from commands in a report that GitHub Actions reads in its log. */
function makePrintable(text: string, { name, file }: ReporterRequest<string>, pipeline: Pipeline | undefined): string {
  return file === null && pipeline?.kind === 'github' && READ_IN_LOG.includes(name) ? hideCommands(text) : text;
}

/** @param file null: standard output */
async function writeParts(file: string | null, parts: Iterable<string>): Promise<void> {
  if (file !== null) {
    return writeWhole(file, parts);
  }
  for (const part of parts) {
    process.stdout.write(part);
  }
}

export interface ReporterRequest<Name extends string = ReporterName> {
  name: Name;
  /** null: standard output */
  file: string | null;
}

/**
 * Parses values such as `name` and `name=file`. Without any value the reporter is tap under a TAP harness, otherwise human. In GitHub Actions
 * github comes beside human.
 * @throws UsageError for an unknown name, for a missing file name, and where two reports would share standard output
 */
export function parseReporters(values: string[], env: NodeJS.ProcessEnv): ReporterRequest[] {
  const names = Object.keys(REPORTERS) as ReporterName[];
  return parseRequests(values.length === 0 ? getUsualReporters(env) : values, names, Object.keys(FOLDER_REPORTERS));
}

/**
 * Parses values such as `name` and `name=file`.
 * @param folders the names of those that can be a folder
 * @throws UsageError as parseReporters() does
 */
export function parseRequests<Name extends string>(values: string[], names: readonly Name[], folders: string[]): ReporterRequest<Name>[] {
  const requests = values.map((value) => parseRequest(value, names, folders));
  const printed: string[] = requests.flatMap(({ name, file }) => (file === null ? [name] : []));
  // GitHub takes its commands out of any text.
  const isPair = printed.length === 2 && printed.includes('human') && printed.includes('github');
  if (printed.length > 1 && !isPair) {
    throw new UsageError(
      'only one reporter can have standard output, or human and github: give the others a file, as in -r json=result.json',
    );
  }
  return requests;
}

/** The test runners tap and prove set a variable for the programs that they run: they read TAP. */
function getUsualReporters({ TAP, HARNESS_ACTIVE, GITHUB_ACTIONS }: NodeJS.ProcessEnv): ReporterName[] {
  if (TAP === '1' || HARNESS_ACTIVE === '1') {
    return ['tap'];
  }
  return GITHUB_ACTIONS === 'true' ? ['human', 'github'] : ['human'];
}

function parseRequest<Name extends string>(value: string, names: readonly Name[], folders: string[]): ReporterRequest<Name> {
  const [written = '', ...rest] = value.split('=');
  const name = names.find((each) => each === written);
  if (name === undefined) {
    throw new UsageError(`unknown reporter ${JSON.stringify(written)}: expected one of ${names.join(', ')}`);
  }
  const file = rest.join('=');
  if (rest.length > 0 && file === '') {
    throw new UsageError(`-r ${value}: the file's name is missing`);
  }
  if (isFolder(file) && !folders.includes(name)) {
    const those = folders.length === 0 ? 'no report' : `only ${folders.join(', ')}`;
    throw new UsageError(`-r ${value}: ${those} can be a folder; name a file, as in -r ${name}=${file}report`);
  }
  return { name, file: rest.length === 0 ? null : file };
}
