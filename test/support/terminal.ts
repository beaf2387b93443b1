// A terminal with a program in it, as a person uses it: script(1).
import { setTimeout as sleep } from 'node:timers/promises';
import { execa } from 'execa';
import { withoutTap } from './loopfw.js';

export const CTRL_C = '\x03';
export const CTRL_D = '\x04';
export const CTRL_Z = '\x1a';

const TIME_LIMIT_MS = 60_000;
const LOOKS = 1000;
const PAUSE_MS = 10;

export class Terminal {
  readonly #child;
  #shown = '';

  /** @param prefix arguments before the command that run it as another user */
  constructor(command: string, { cwd, prefix = [], env = {} }: { cwd: string; prefix?: string[]; env?: Record<string, string> }) {
    this.#child = execa('env', withoutTap([...prefix, 'script', '--quiet', '--return', '--command', command, '/dev/null'], env), {
      ...{ cwd, reject: false, buffer: false, timeout: TIME_LIMIT_MS },
    });
    this.#child.stdout.on('data', (chunk: Buffer) => (this.#shown += String(chunk)));
  }

  /** Types a text when the terminal has shown what is expected since the last text. Returns what it has shown. */
  async typeAfter(expected: RegExp, text: string): Promise<string> {
    for (let attempt = 0; !expected.test(this.#shown); attempt++) {
      if (attempt === LOOKS) {
        throw new Error(`the terminal does not show ${String(expected)}: ${JSON.stringify(this.#shown)}`);
      }
      await sleep(PAUSE_MS);
    }
    const shown = this.#shown;
    this.#shown = '';
    this.#child.stdin.write(text);
    return shown;
  }

  /** Waits for the end of the command, and returns its exit code. */
  async ended(): Promise<number | undefined> {
    return (await this.#child).exitCode;
  }

  async end(): Promise<void> {
    this.#child.stdin.end();
    this.#child.kill();
    await this.#child;
  }
}
