import type { MATCHES } from '../../../src/rules/extensions/match-table.js';
import type { TARGETS } from '../../../src/rules/extensions/target-table.js';

type Name = keyof typeof MATCHES | keyof typeof TARGETS;

/**
 * The options that an option of a match or a target needs beside it. Each set makes a whole rule. An option gets the first set that it goes
 * with. NAME becomes another name in each line: rules of one name share a table of the kernel, which the first of them makes.
 */
export const COMPANIONS: Partial<Record<Name, string[]>> = {
  addrtype: ['--dst-type LOCAL'],
  cluster: [
    '--cluster-total-nodes 4 --cluster-local-node 1 --cluster-hash-seed 1',
    '--cluster-total-nodes 4 --cluster-local-nodemask 1 --cluster-hash-seed 1',
    '--cluster-total-nodes 4 --cluster-hash-seed 1',
  ],
  connbytes: ['--connbytes 1:2 --connbytes-mode bytes --connbytes-dir both'],
  connlabel: ['--label 1'],
  connlimit: ['--connlimit-above 3'],
  CONNMARK: ['--save-mark', '--restore-mark'],
  CT: ['--helper ftp', '--zone 1'],
  DNPT: ['--src-pfx 2001:db8::/48 --dst-pfx 2001:db8:1::/48'],
  DNAT: ['--to-destination :80'],
  hashlimit: [
    '--hashlimit-upto 5/second --hashlimit-name NAME',
    '--hashlimit-upto 5/second --hashlimit-name NAME --hashlimit-mode srcip,dstip',
    '--hashlimit-name NAME',
  ],
  HMARK: [
    '--hmark-tuple src,dst --hmark-mod 10 --hmark-rnd 1',
    '--hmark-tuple sport --hmark-mod 10 --hmark-rnd 1',
    '--hmark-tuple spi --hmark-mod 10 --hmark-rnd 1',
    '--hmark-tuple src --hmark-mod 10 --hmark-rnd 1 --hmark-offset 1',
  ],
  ipv6header: ['--header hop'],
  LOG: ['--log-prefix a'],
  MASQUERADE: ['--to-ports 80'],
  NFLOG: ['--nflog-group 1'],
  osf: ['--genre Linux'],
  owner: ['--gid-owner 0'],
  policy: ['--dir in --pol ipsec', '--dir in --pol ipsec --strict --mode tunnel', '--dir in --pol none', '--dir out --pol ipsec --reqid 1'],
  recent: ['--rcheck --name NAME', '--rcheck --name NAME --seconds 5', '--set --name NAME'],
  REDIRECT: ['--to-ports 80'],
  rt: ['--rt-type 0', '--rt-type 0 --rt-0-addrs ::1'],
  set: ['--match-set known src', '--match-set known src --packets-eq 1', '--match-set known src --bytes-eq 1'],
  SET: ['--add-set known src', '--del-set known src', '--map-set counted src --map-mark', '--map-set counted src --map-prio'],
  SNPT: ['--src-pfx 2001:db8::/48 --dst-pfx 2001:db8:1::/48'],
  SNAT: ['--to-source :80'],
  statistic: ['--mode random --probability 0.5', '--mode nth --every 3 --packet 0', '--mode nth --every 4294967295'],
  string: ['--string abc --algo bm', '--hex-string |00| --algo kmp'],
  TCPMSS: ['--set-mss 1000'],
  time: ['--timestart 10:00 --timestop 09:00', '--datestart 2026-01-02'],
};

/** What must come before a match or a target, where -p with the first protocol of its row is not enough. */
export const BEFORE: Partial<Record<Name, string>> = {
  CT: '-p tcp',
  DNAT: '-p tcp',
  ecn: '-p tcp',
  MASQUERADE: '-p tcp',
  multiport: '-p tcp',
  REDIRECT: '-p tcp',
  REJECT: '-p tcp',
  SNAT: '-p tcp',
  TCPMSS: '-p tcp --syn',
};

/** The options of a match of both families that only IPv6 has. */
export const IPV6_OPTIONS: Partial<Record<Name, string[]>> = { ah: ['--ahlen', '--ahres'] };
