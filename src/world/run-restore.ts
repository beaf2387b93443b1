import { CommandError } from '../errors.js';
import type { CommandName } from '../kernel/find-command.js';
import type { CommandRunner } from '../kernel/run-command.js';
import { splitRestore } from './split-restore.js';

/**
 * Without real root the kernel takes some 700 simple rules in one message of netlink, fewer where they are long, and says EMSGSIZE of more
 * (netlink_sendmsg, net/netlink/af_netlink.c: the socket's send buffer, which iptables-nft may not enlarge).
 */
const FIRST_SIZE = 500;
const TOO_LONG = 'Message too long';

/** Gives a text to a restore command: whole if the kernel takes it so, else in pieces that get smaller until it does. */
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

/** @throws whatever goes wrong otherwise, and EMSGSIZE where nothing smaller can be tried */
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
