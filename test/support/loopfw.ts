// Runs the package's bin as a user would, with what tap sets for its children taken away again.
import { execa, type Options } from 'execa';
import { getPackage } from './package.js';

export interface Ended {
  exitCode: number | undefined;
  signal: string | undefined;
  stdout: string;
  stderr: string;
}

export interface RunOptions {
  /** Run it as an ordinary user; else as whoever runs the tests. */
  ordinary?: boolean;
  input?: string;
  cwd?: string;
  env?: Record<string, string>;
}

export async function loopfw(args: string[], options: RunOptions = {}): Promise<Ended> {
  return run('node', [`${(await getPackage(options.ordinary ?? false)).folder}/dist/bin.js`, ...args], options);
}

/** Runs a command with the caller's environment less tap's own. */
export async function run(
  command: string,
  args: string[],
  { ordinary = false, input = '', cwd, env = {} }: RunOptions = {},
): Promise<Ended> {
  const { folder, prefix } = await getPackage(ordinary);
  const [file = command, ...rest] = [...prefix, command, ...args];
  const { exitCode, signal, stdout, stderr } = await execa(file, rest, {
    input,
    cwd: cwd ?? folder,
    env: { ...getPlainEnvironment(), ...env },
    extendEnv: false,
    reject: false,
    stripFinalNewline: false,
  } satisfies Options);
  return { exitCode, signal, stdout, stderr };
}

export function getPlainEnvironment(): Record<string, string> {
  const plain = Object.entries(process.env).filter(([name]) => !/^(TAP|_?TAPJS|LOOPFW|NODE_|FORCE_COLOR|NO_COLOR)/.test(name));
  return Object.fromEntries(plain as [string, string][]);
}
