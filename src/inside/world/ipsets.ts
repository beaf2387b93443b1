import type { CommandRunner } from '../../kernel/process/run-command.js';
import { CommandError, EnvironmentError, UsageError } from '../../model/errors.js';

/** The start of ipset's message about a line of its input. */
const ERROR = /Error in line (\d+): (?:Kernel error received: )?(.*)/;

/**
 * Makes the ipsets of the world in the calling thread's network namespace.
 *
 * @param text the input of `ipset restore`
 * @throws EnvironmentError if ipset is not installed, or the kernel lacks a type · UsageError if it refuses an element
 */
export function makeIpsets(text: string, commands: CommandRunner): void {
  try {
    commands.feed('ipset', ['restore'], text);
  } catch (error) {
    throw error instanceof CommandError ? explain(error, text) : error;
  }
}

function explain(error: CommandError, text: string): Error {
  if (/Cannot open session to kernel|Kernel (?:support|and userspace)/.test(error.stderr)) {
    return new EnvironmentError(`this kernel has no ipsets: ${error.stderr}`, [
      'the module may be missing: as root on the host, modprobe ip_set',
    ]);
  }
  const [, number, reason] = ERROR.exec(error.stderr) ?? [];
  const line = text.split('\n')[Number(number) - 1];
  if (line === undefined || reason === undefined) {
    return error;
  }
  const [command, name = '', type = ''] = line.split(' ');
  if (command === 'create' && /set type not supported|not supported by kernel/.test(reason)) {
    const module = `ip_set_${type.replace(':', '_').replaceAll(',', '')}`;
    return new EnvironmentError(`this kernel lacks the type ${type} of the ipset ${name}`, [
      `the module may be missing: as root on the host, modprobe ${module}`,
    ]);
  }
  return new UsageError(`ipset refuses "${line}": ${reason}`);
}
