import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Backend } from '../../../src/model/result.js';
import type { Family } from '../../../src/model/rule.js';
import { BUILT_IN_CHAINS, TABLES } from '../../../src/rules/tables.js';

export interface Environment {
  family: Family;
  backend: Backend;
}

export interface Restored {
  status: number;
  stderr: string;
  saved: string;
}

/** Tables without rules and with the policies that they begin with. */
const EMPTY = TABLES.map((table) =>
  [`*${table}`, ...BUILT_IN_CHAINS[table].map((chain) => `:${chain} ACCEPT`), 'COMMIT\n'].join('\n'),
).join('');

/** The ipsets that the rules of test/rules/arbitrary and test/rules/twins name. */
export const IPSETS: Record<Family, string> = {
  ipv4: 'create known hash:net\ncreate cali40s:a-b hash:ip,port\ncreate counted hash:ip counters skbinfo timeout 0\n',
  ipv6: 'create known hash:net family inet6\ncreate cali40s:a-b hash:ip,port family inet6\ncreate counted hash:ip family inet6 counters skbinfo timeout 0\n',
};

/** Feeds each text to the real restore command and reads the rule set back, one after the other in one throw-away namespace. */
export function runRestores(restores: string[], { family, backend }: Environment): Restored[] {
  const folder = mkdtempSync(join(tmpdir(), 'loopfw-rules-'));
  const program = `${family === 'ipv6' ? 'ip6tables' : 'iptables'}-${backend}`;
  try {
    restores.forEach((text, index) => writeFileSync(join(folder, `${index}.in`), text));
    writeFileSync(join(folder, 'empty.in'), EMPTY);
    writeFileSync(join(folder, 'ipsets.in'), IPSETS[family]);
    const script = `set -u; export PATH=$PATH:/usr/sbin:/sbin XTABLES_LOCKFILE=/proc/self/status; cd "$1"
      ipset restore < ipsets.in || exit
      i=0; while [ $i -lt ${restores.length} ]; do
        ${program}-restore < $i.in 2> $i.err; echo $? > $i.rc
        for t in ${backend === 'nft' ? 'all' : TABLES.join(' ')}; do
          ${program}-save -c ${backend === 'nft' ? '' : '-t $t'} >> $i.out 2>> $i.err
        done
        ${backend === 'nft' ? 'nft flush ruleset' : `${program}-restore < empty.in`}
        i=$((i + 1))
      done`;
    const user = process.getuid?.() === 0 ? [] : ['--user', '--map-root-user'];
    const { status, stderr } = spawnSync('unshare', ['--net', ...user, 'sh', '-c', script, 'sh', folder], {
      encoding: 'utf8',
      timeout: 60_000,
    });
    if (status !== 0) {
      throw new Error(`unshare: ${status ?? 'no status'} ${stderr}`);
    }
    const read = (name: string) => readFileSync(join(folder, name), 'utf8');
    return restores.map((_, index) => ({ status: Number(read(`${index}.rc`)), stderr: read(`${index}.err`), saved: read(`${index}.out`) }));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
