// A project in which the package is installed, as npm packs it.
import { mkdir, mkdtemp, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { ROOT } from './package.js';

/**
 * Makes a project with the package in node_modules, and nothing else but koffi, which runs need. The types of loopfw's other dependencies are
 * not there, and neither are those of Node.js.
 *
 * @param files the project's files, by their paths
 */
export async function makeProject(files: Record<string, string>): Promise<string> {
  const project = await mkdtemp(join(tmpdir(), 'loopfw-project-'));
  const modules = join(project, 'node_modules');
  await mkdir(join(modules, 'loopfw'), { recursive: true });
  const { stdout } = await execa('npm', ['pack', '--silent', '--pack-destination', project], { cwd: ROOT });
  await execa('tar', ['-xzf', join(project, stdout.trim()), '-C', join(modules, 'loopfw'), '--strip-components=1']);
  await symlink(join(ROOT, 'node_modules/koffi'), join(modules, 'koffi'));
  for (const [path, text] of Object.entries({ 'package.json': '{ "type": "module" }', ...files })) {
    await mkdir(dirname(join(project, path)), { recursive: true });
    await writeFile(join(project, path), text);
  }
  return project;
}

/** Compiles a project by its tsconfig.json. @returns what the compiler prints: nothing if all is well */
export async function compile(project: string): Promise<string> {
  const { stdout } = await execa('node', [join(ROOT, 'node_modules/typescript/bin/tsc'), '--project', project], {
    cwd: project,
    reject: false,
  });
  return stdout;
}
