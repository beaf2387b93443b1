// Runs the package's bin, and other commands, as a user would.
import { execa } from 'execa';
import { getPackage } from './package.js';

export interface Ended {
  exitCode: number | undefined;
  stdout: string;
  stderr: string;
}

export interface RunOptions {
  /** true: run it as an ordinary user. Otherwise as the user who runs the tests. */
  ordinary?: boolean;
  input?: string;
  cwd?: string;
  env?: Record<string, string>;
}

/** Runs `node dist/bin.js` with these arguments. */
export async function loopfw(args: string[], options: RunOptions = {}): Promise<Ended> {
  const { folder } = await getPackage(options.ordinary ?? false);
  return run('node', [`${folder}/dist/bin.js`, ...args], options);
}

export async function run(
  command: string,
  args: string[],
  { ordinary = false, input = '', cwd, env = {} }: RunOptions = {},
): Promise<Ended> {
  const { folder, prefix } = await getPackage(ordinary);
  const { exitCode, stdout, stderr } = await execa('env', withoutTap([...prefix, command, ...args], env), {
    input,
    cwd: cwd ?? folder,
    reject: false,
    stripFinalNewline: false,
  });
  return { exitCode, stdout, stderr };
}

/** The messages of mistakes alone, without the lines of files that they show. */
export function withoutFrames(text: string): string {
  return text.replaceAll(/^ +\d* \| .*\n/gm, '');
}

/**
 * Arguments for env(1) that run a command without the changes of npm and tap: the cache of the user who runs the tests, TAP=1, and the
 * hooks that tap loads into every child Node.js.
 * Node.js gets the hooks by NODE_OPTIONS and by a changed child_process.spawn, so it is not enough to leave the variables out of `env`.
 */
export function withoutTap(command: string[], env: Record<string, string> = {}): string[] {
  const plain = Object.entries(process.env).filter(
    ([name]) =>
      !/^(COLUMNS|TAP|_TAPJS|HARNESS_|LOOPFW|NODE_|FORCE_COLOR|NO_COLOR|CI_NODE_|JOB_COMPLETION_|GITHUB_|GITLAB_|npm_config_cache)/.test(
        name,
      ),
  );
  const given = { XDG_STATE_HOME: '/dev/null/none', ...env }; // no run leaves notes in the user's home
  return ['-i', ...[...plain, ...Object.entries(given)].map(([name, value]) => `${name}=${value ?? ''}`), ...command];
}
