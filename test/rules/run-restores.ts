import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Restored {
  status: number;
  stderr: string;
  saved: string;
}

/** Feeds each text to the real iptables-nft-restore and reads the rule set back, one after the other in one throw-away namespace. */
export function runRestores(restores: string[]): Restored[] {
  const folder = mkdtempSync(join(tmpdir(), 'loopfw-rules-'));
  try {
    restores.forEach((text, index) => writeFileSync(join(folder, `${index}.in`), text));
    const script = `set -u; export PATH=$PATH:/usr/sbin:/sbin; cd "$1"
      i=0; while [ $i -lt ${restores.length} ]; do
        iptables-nft-restore < $i.in 2> $i.err; echo $? > $i.rc
        iptables-nft-save -c > $i.out 2>> $i.err
        nft flush ruleset
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
