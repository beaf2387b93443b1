import type { CommandRunner } from '../kernel/run-command.js';

/** Makes a pair of virtual interfaces in the calling thread's network namespace (veth(4)). Both go with the namespace. */
export async function addVeth(name: string, peer: string, commands: CommandRunner): Promise<void> {
  await commands.run('ip', ['link', 'add', name, 'type', 'veth', 'peer', 'name', peer]);
}
