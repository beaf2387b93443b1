// A project in which the package is installed, as npm packs it.
import { mkdir, mkdtemp, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import ts from 'typescript';
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

/** The libraries of TypeScript. Each program would read them anew. */
const libraries = new Map<string, ts.SourceFile | undefined>();

/** Compiles a project by its tsconfig.json. @returns what is wrong: nothing if all is well */
export function compile(project: string): string {
  const { config } = ts.readConfigFile(join(project, 'tsconfig.json'), ts.sys.readFile.bind(ts.sys)) as { config: unknown };
  const { options, fileNames } = ts.parseJsonConfigFileContent(config, ts.sys, project);
  const host = ts.createCompilerHost(options);
  const folder = host.getDefaultLibLocation?.() ?? '';
  const read = host.getSourceFile.bind(host);
  host.getSourceFile = (name, ...rest) => {
    const source = libraries.get(name) ?? read(name, ...rest);
    if (dirname(name) === folder) {
      libraries.set(name, source);
    }
    return source;
  };
  const program = ts.createProgram(fileNames, options, host);
  const wrong = ts.getPreEmitDiagnostics(program);
  program.emit();
  return ts.formatDiagnostics(wrong, { getCurrentDirectory: () => project, getCanonicalFileName: (name) => name, getNewLine: () => '\n' });
}
