// Checks the package as its users will get it: the files of the tarball and its size, and whether Node.js and TypeScript find what package.json
// names. Needs `dist`.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findProblems, makeTarball } from './package/tarball.js';

const folder = mkdtempSync(join(tmpdir(), 'loopfw-check-'));
try {
  const tarball = makeTarball('.', folder);
  const problems = findProblems('.', tarball);
  problems.forEach((problem) => console.error(`package: ${problem}`));
  console.log(`package: ${tarball.files.length} files, ${(tarball.size / 1e6).toFixed(1)} MB`);
  const passed = [
    ['publint', 'run', tarball.path, '--strict'],
    ['attw', tarball.path, '--no-definitely-typed'],
  ].map(([name, ...args]) => check(name, args));
  process.exitCode = problems.length === 0 && passed.every(Boolean) ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true });
}

/** Runs a tool of node_modules. What it prints is shown only if it finds something. */
function check(name, args) {
  try {
    execFileSync(join('node_modules/.bin', name), args, { stdio: 'pipe' });
    return true;
  } catch (error) {
    // A tool that is not installed prints nothing.
    console.error(`${name}:\n${error.stdout ?? error.message}${error.stderr ?? ''}`);
    return false;
  }
}
