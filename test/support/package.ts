// The place of the package: the checkout, or a copy if an ordinary user cannot read the checkout.
import { rmSync } from 'node:fs';
import { chmod, cp, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { execa } from 'execa';

export const ROOT = new URL('../..', import.meta.url).pathname.replace(/\/$/, '');

/** The user id of nobody on every distribution. */
export const ORDINARY_USER = 65534;

export interface Package {
  folder: string;
  /** The arguments before a command that run it as that user. */
  prefix: string[];
}

const { NODE_EXTRA_CA_CERTS } = process.env;
/** What npm needs of the environment to install packages: where a proxy reads what it loads, the certificate of that. */
export const FOR_NPM: Record<string, string> = NODE_EXTRA_CA_CERTS === undefined ? {} : { NODE_EXTRA_CA_CERTS };

const isRoot = process.getuid?.() === 0;
let copy: Promise<string> | undefined;

/** The package for the current user, or for an ordinary user: its folder, and the arguments that run a command as that user. */
export async function getPackage(ordinary: boolean): Promise<Package> {
  if (!ordinary || !isRoot) {
    return { folder: ROOT, prefix: [] };
  }
  const prefix = ['setpriv', '--reuid', `${ORDINARY_USER}`, '--regid', `${ORDINARY_USER}`, '--clear-groups', '--'];
  const readable = await execa('setpriv', [...prefix.slice(1), 'test', '-r', join(ROOT, 'dist/bin.js')], { reject: false });
  return { folder: readable.exitCode === 0 ? ROOT : await (copy ??= copyPackage(0o755)), prefix };
}

/**
 * Copies the package as it is installed.
 * @param mode the mode of the folder
 */
export async function copyPackage(mode: number): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'loopfw-package-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const { stdout } = await execa('npm', ['ls', '--omit=dev', '--all', '--parseable'], { cwd: ROOT });
  const modules = stdout
    .split('\n')
    .slice(1)
    .map((path) => relative(ROOT, path));
  for (const part of [
    'package.json',
    'dist',
    'schema',
    'scenarios',
    'examples',
    'exercises',
    'test/end-to-end/scenarios/behaviours',
    'test/end-to-end/rulesets/nft',
    'test/programs',
    ...modules,
  ]) {
    await cp(join(ROOT, part), join(folder, part), { recursive: true });
  }
  await chmod(folder, mode);
  return folder;
}
