// What is said where a command is missing, by what else is installed.
import t from 'tap';
import { adviseToInstall } from '../../src/kernel/process/find-command.js';

const advise = (name: Parameters<typeof adviseToInstall>[0], ...installed: string[]) =>
  adviseToInstall(name, (command) => installed.includes(command));

t.test('a machine with one back end is told to use it', async (t) => {
  t.match(
    advise('iptables-nft-restore', 'iptables-legacy-restore', 'iptables-restore'),
    /^iptables is here for the back end legacy only: .*--backend legacy/,
  );
  t.match(advise('ip6tables-legacy-save', 'iptables-nft-restore'), /^iptables is here for the back end nft only: .*--backend nft/);
});

t.test('an iptables of before 1.8, and none at all', async (t) => {
  t.match(
    advise('iptables-nft-save', 'iptables-restore'),
    /^iptables is here, but without the command iptables-nft-save, which it has since version 1\.8/,
  );
  t.match(advise('iptables-nft-restore'), /^install the package iptables /);
  t.match(advise('nft', 'iptables-legacy-restore'), /^install the package nftables /);
});
