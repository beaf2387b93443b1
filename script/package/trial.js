// Installs a tarball as a user does, in an empty folder, and runs the case that loopfw was made for.
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

const FOUNDING = 'node_modules/loopfw/scenarios/same-address.json';

/**
 * Without scripts of packages, as a careful user installs: koffi has its binaries in packages of their own.
 * @param folder an empty folder
 * @returns what the founding scenario showed: how many probes passed, and the cause of the first
 */
export function tryTarball(path, folder) {
  const inFolder = { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] };
  writeFileSync(join(folder, 'package.json'), '{}\n');
  execFileSync('npm', ['install', '--ignore-scripts', '--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error', path], inFolder);
  const result = JSON.parse(execFileSync('npx', ['--no', 'loopfw', 'run', '-r', 'json', FOUNDING], inFolder));
  return { version: result.environment.loopfw, passed: result.summary.passed, cause: result.scenarios[0].probes[0].cause };
}
