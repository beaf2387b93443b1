import { CommandError } from '../errors.js';
import type { CommandName } from '../kernel/find-command.js';
import type { CommandRunner } from '../kernel/run-command.js';
import { splitRestore } from './split-restore.js';

/**
 * The number of lines in a piece at the first attempt. Without real root the kernel accepts some 700 simple rules in one netlink message,
 * fewer if they are long. It refuses more with EMSGSIZE (netlink_sendmsg, net/netlink/af_netlink.c): iptables-nft may not enlarge the
 * socket's send buffer.
 */
const FIRST_SIZE = 500;
const TOO_LONG = 'Message too long';

/** Passes a text to a restore command: the whole text if the kernel accepts it, otherwise pieces, which get smaller until it does. */
export function runRestore(command: CommandName, restore: string, commands: CommandRunner): void {
  if (fits(() => commands.run(command, [], restore))) {
    return;
  }
  for (let size = FIRST_SIZE; ; size = Math.floor(size / 2)) {
    const isLast = size === 1;
    if (fits(() => runChunks(command, splitRestore(restore, size), commands), isLast)) {
      return;
    }
  }
}

function runChunks(command: CommandName, chunks: string[], commands: CommandRunner): void {
  for (const [place, chunk] of chunks.entries()) {
    commands.run(command, place === 0 ? [] : ['--noflush'], chunk);
  }
}

/**
 * Whether the kernel accepts messages of this size.
 * @throws every other failure; EMSGSIZE too if isLast
 */
function fits(run: () => unknown, isLast = false): boolean {
  try {
    run();
    return true;
  } catch (error) {
    if (isLast || !(error instanceof CommandError) || !error.message.includes(TOO_LONG)) {
      throw error;
    }
    return false;
  }
}
