// The package as `npm publish` would send it: made, listed, and compared with what belongs in it.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';

/**
 * Bytes. Version 0.1.0 had 5.5 MB, and 6.3 MB where the build can run no scenario. Two thirds of it are V8's compiled code
 * (docs/decisions/14-the-package-is-a-compiled-bundle.md). What is beyond this limit is usually a file that does not belong in the package, or
 * code that the bundle holds twice.
 */
const MOST_BYTES = 7_000_000;

/** What the build makes. All else in the package must be in git: `files` in package.json names folders, and what else lies in them would go along. */
const BUILT = [
  /^dist\/(bin\.js|control\.js|index\.js|package\.json|loopfw\.1)$/,
  /^dist\/sandbox\/([a-z0-9-]+\/)?[a-z0-9-]+\.js$/,
  /^dist\/code\/[\w-]+\.(cjs|js|js\.LEGAL\.txt|js\.[\w.-]+-(x64|arm64))$/,
  /^dist\/page\/(page\.(js|css)|diff\.css|mutation-test-elements\.(js|LICENSE))$/,
  /^dist\/types\/([a-z0-9-]+\/)*[a-z0-9-]+\.d\.ts$/,
];

/** The files without which the package does nothing. */
const NEEDED = [
  'package.json',
  'README.md',
  'LICENSE',
  'dist/bin.js',
  'dist/index.js',
  'dist/control.js',
  'dist/loopfw.1',
  'dist/types/index.d.ts',
];

/** Makes the tarball of the package in a folder, without any script. @param root the checkout, with `dist` */
export function makeTarball(root, folder) {
  const args = ['pack', '--ignore-scripts', '--json', '--loglevel=error', '--pack-destination', resolve(folder)];
  const printed = execFileSync('npm', args, { cwd: root, encoding: 'utf8' });
  const [{ filename, size, files }] = JSON.parse(printed);
  return { path: join(resolve(folder), filename), size, files: files.map(({ path }) => path) };
}

/** What is wrong with a tarball of that checkout, one line each. */
export function findProblems(root, { path, size, files }) {
  const content = gunzipSync(readFileSync(path));
  const inGit = new Set(execFileSync('git', ['ls-files', '-z'], { cwd: root, encoding: 'utf8' }).split('\0'));
  const belongs = (file) => inGit.has(file) || BUILT.some((pattern) => pattern.test(file));
  return [
    ...(size <= MOST_BYTES ? [] : [`the tarball has ${size} bytes, more than ${MOST_BYTES} (script/package/tarball.js)`]),
    ...files
      .filter((file) => !belongs(file))
      .map((file) => `${file} does not belong in the package: it is not in git, and the build does not make it`),
    ...NEEDED.filter((file) => !files.includes(file)).map((file) => `${file} is missing`),
    ...(content.includes(`${resolve(root)}/`) ? [`a file of the package has the path of the machine that built it: ${resolve(root)}`] : []),
  ];
}
