// Makes a release: node script/release.js 0.2.0 [--dry-run]
// It works in a clone of the last commit, so nothing else can get into the package. Then it writes release/loopfw-0.2.0.tgz with its bill of
// materials, sets the version in package.json and package-lock.json, and prints the commands that are left. With --dry-run it does all of it
// and keeps nothing. It publishes nothing.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { makeBill } from './package/bill.js';
import { findProblems, makeTarball } from './package/tarball.js';
import { tryTarball } from './package/trial.js';

const TARGET = 'release';

const isDry = process.argv.includes('--dry-run');
const [version, ...others] = process.argv.slice(2).filter((word) => word !== '--dry-run');
if (version === undefined || others.length > 0 || !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version)) {
  console.error('usage: node script/release.js VERSION [--dry-run], such as 0.2.0');
  process.exit(2);
}
const folder = mkdtempSync(join(tmpdir(), 'loopfw-release-'));
try {
  release();
} catch (error) {
  console.error(`release: ${error.message}${error.stderr ?? ''}`);
  process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function release() {
  assertReady();
  // npm names the package in the bill of materials by its folder.
  const clone = join(folder, 'loopfw');
  git('clone', '--quiet', '--no-hardlinks', '.', clone);
  symlinkSync(resolve('node_modules'), join(clone, 'node_modules'));
  setVersion(clone);
  tell(`building ${version}`);
  execFileSync('npm', ['run', '--silent', 'build'], { cwd: clone, stdio: ['ignore', 'ignore', 'inherit'] });

  const made = join(folder, 'made');
  mkdirSync(made);
  const tarball = makeTarball(clone, made);
  const problems = findProblems(clone, tarball);
  if (problems.length > 0) {
    throw new Error(problems.join('\n'));
  }
  tell(`${basename(tarball.path)}: ${tarball.files.length} files, none that does not belong, ${(tarball.size / 1e6).toFixed(1)} MB`);

  const user = join(folder, 'user');
  mkdirSync(user);
  const { version: installed, passed, cause } = tryTarball(tarball.path, user);
  if (installed !== version || cause !== 'answer-eaten' || passed !== 3) {
    throw new Error(
      `the installed loopfw ${installed} says ${cause}, and ${passed} probes passed: ${version}, answer-eaten and 3 were expected`,
    );
  }
  tell('installed without scripts, it runs the founding scenario: 3 probes passed');

  const bill = makeBill(clone);
  writeFileSync(join(made, `loopfw-${version}.cdx.json`), `${JSON.stringify(bill, null, 2)}\n`);
  tell(`the bill of materials has ${bill.components.length} packages`);

  if (isDry) {
    tell('nothing is kept (--dry-run)');
  } else {
    cpSync(made, TARGET, { recursive: true });
    setVersion('.');
  }
  console.log(
    [
      `git commit --all --message 'Version ${version}' && git tag v${version}`,
      `npm publish ${TARGET}/loopfw-${version}.tgz --access public --provenance`,
    ].join('\n'),
  );
}

/** @throws Error that names what must be done first */
function assertReady() {
  const changed = git('status', '--porcelain');
  if (changed !== '') {
    throw new Error(`these files are not committed:\n${changed}`);
  }
  if (git('tag', '--list', `v${version}`) !== '') {
    throw new Error(`the tag v${version} is there already`);
  }
  const heading = /^## .*$/m.exec(readFileSync('CHANGELOG.md', 'utf8'))?.[0] ?? 'none';
  if (!new RegExp(`^## ${version.replaceAll('.', '\\.')} \\(\\d{4}-\\d\\d-\\d\\d\\)$`).test(heading)) {
    throw new Error(`the first heading of CHANGELOG.md is "${heading}": "## ${version} (YEAR-MONTH-DAY)" is expected`);
  }
  if (JSON.parse(readFileSync('package.json', 'utf8')).repository === undefined) {
    tell('package.json has no "repository": npm publish --provenance refuses a package that does not name the repository it was built in');
  }
}

function setVersion(place) {
  execFileSync('npm', ['version', version, '--no-git-tag-version', '--allow-same-version', '--ignore-scripts'], {
    cwd: place,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
}

function git(...args) {
  return execFileSync('git', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim();
}

function tell(text) {
  console.error(`release: ${text}`);
}
