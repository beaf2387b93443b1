import { createHash, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { lstat, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, isAbsolute, join, relative, resolve } from 'node:path';
import { getShownName, STDIN } from '../../input/files/read.js';
import type { Result } from '../../model/result.js';
import type { Scenario } from '../../model/scenario.js';
import { makeFolders } from './folders.js';

/** A scenario that did not pass when it last ran. */
export interface FailedScenario {
  /** An absolute path. */
  file: string;
  name: string;
}

const PRIVATE_FOLDER_MODE = 0o700;
const PRIVATE_FILE_MODE = 0o600;
const ROOT_UID = 0;

/** The folder of the notes (XDG Base Directory Specification): a relative path in the variable does not count. */
export function getStateFolder(env: NodeJS.ProcessEnv = process.env): string {
  const named = env['XDG_STATE_HOME'] ?? '';
  return join(isAbsolute(named) ? named : join(homedir(), '.local/state'), 'loopfw');
}

/** The scenarios that did not pass when they last ran in this working folder. The list is empty if nothing is noted. */
export async function readLastFailed(): Promise<FailedScenario[]> {
  try {
    const noted: unknown = JSON.parse(await readFile(getNote(), 'utf8'));
    return Array.isArray(noted) ? noted.filter(isFailedScenario) : [];
  } catch {
    return []; // a lost note is no reason to end a run
  }
}

/**
 * Notes the scenarios of a run that did not pass. Those of earlier runs stay noted until they pass, or until their file is gone. Nothing is
 * noted where the folder cannot be written to: the run itself has its report.
 */
export async function noteFailed({ scenarios }: Result): Promise<void> {
  const ran = scenarios.filter(({ file }) => file !== getShownName(STDIN)).map((each) => ({ ...each, file: resolve(each.file) }));
  const failed = new Map(ran.filter(({ status }) => status !== 'passed').map(({ file, name }) => [getKey({ file, name }), { file, name }]));
  const known = await readLastFailed();
  const runs = new Set(ran.map(getKey));
  const left = known.filter((scenario) => !runs.has(getKey(scenario)) && existsSync(scenario.file));
  const noted = [...left, ...failed.values()];
  if (JSON.stringify(noted) !== JSON.stringify(known)) {
    await write(noted).catch(() => {});
  }
}

/** The files of scenarios, each once, as a user in this folder would name them. */
export function listFiles(scenarios: FailedScenario[]): string[] {
  const files = scenarios.map(({ file }) => {
    const path = relative(process.cwd(), file);
    return path.startsWith('..') ? file : path;
  });
  return [...new Set(files)].filter(existsSync);
}

/** Makes a test whether a scenario is one of these. */
export function makeFailedTest(failed: FailedScenario[]): (scenario: Pick<Scenario, 'file' | 'name'>) => boolean {
  const keys = new Set(failed.map(getKey));
  return ({ file, name }) => keys.has(getKey({ file: resolve(file), name }));
}

function getKey({ file, name }: FailedScenario): string {
  return `${file}\0${name}`;
}

function isFailedScenario(value: unknown): value is FailedScenario {
  const { file, name } = (value ?? {}) as Partial<FailedScenario>;
  return typeof file === 'string' && typeof name === 'string';
}

/** Each working folder has a note of its own, by a hash of its path. */
function getNote(): string {
  const hash = createHash('sha256').update(process.cwd()).digest('hex').slice(0, 32);
  return join(getStateFolder(), `failed-${hash}.json`);
}

async function write(noted: FailedScenario[]): Promise<void> {
  const note = getNote();
  if (noted.length === 0) {
    await rm(note, { force: true });
    return;
  }
  await makeFolder(dirname(note));
  const beside = `${note}.${randomBytes(4).toString('hex')}.tmp`;
  await writeFile(beside, `${JSON.stringify(noted)}\n`, { mode: PRIVATE_FILE_MODE, flag: 'wx' });
  await rename(beside, note);
}

/**
 * Makes the folder. sudo may keep another user's HOME: root then writes nothing there, for that user decides what the folder is.
 * @throws Error if it belongs to another user
 */
async function makeFolder(folder: string): Promise<void> {
  let existing = folder;
  while (!existsSync(existing)) {
    existing = dirname(existing);
  }
  const { uid } = await (existing === folder ? lstat(folder) : stat(existing));
  if (uid !== process.geteuid?.() && (existing === folder || uid !== ROOT_UID)) {
    throw new Error(`${existing} belongs to the user ${uid}`);
  }
  await makeFolders(folder, PRIVATE_FOLDER_MODE);
}
