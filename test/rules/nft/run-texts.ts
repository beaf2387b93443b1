// Gives texts to the real nft, in one throw-away namespace, and keeps what its scanner saw and what the kernel holds then.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** apply: in the place of what was there. check: tried only. scan: with a syntax error behind it, so that nothing of it comes to the kernel. */
export type Way = 'apply' | 'check' | 'scan';

export interface NftRun {
  status: number;
  /** What nft's scanner took for words and signs, byte by byte (latin1); blanks and comments are left out. */
  seen: string[];
  /** Whether its scanner came to the end of the text; its grammar gives up after some mistakes. */
  isWhole: boolean;
  /** Without what the scanner tells. */
  stderr: string;
  /** What the kernel holds afterwards, with handles. */
  listing: string;
}

/** What loopfw writes before a text, in its first line. */
const FLUSH = 'flush ruleset; ';

/** Not a word of any text, and a mistake wherever it stands. */
const MISTAKE = '\n%\n';

/** @param canaries files of the machine that nft is to see in another way: their content by their path */
export function runNftTexts(texts: { text: string; way: Way }[], canaries: Record<string, string> = {}): NftRun[] {
  const folder = mkdtempSync(join(tmpdir(), 'loopfw-nft-texts-'));
  try {
    texts.forEach(({ text, way }, index) => writeFileSync(join(folder, `${index}.${way}`), toInput(text, way)));
    const mounts = Object.entries(canaries).map(([path, content], index) => {
      const file = join(folder, `canary-${index}`);
      writeFileSync(file, content);
      return `mount --bind ${file} ${path} || exit 9; `;
    });
    // A name that is to be looked up must not take time.
    const script = `set -u; export PATH=$PATH:/usr/sbin:/sbin LC_ALL=C RES_OPTIONS="attempts:1 timeout:1"; cd "$1"; ${mounts.join('')}
      i=0; while [ $i -lt ${texts.length} ]; do
        if [ -e $i.apply ]; then
          nft --debug=scanner -f - < $i.apply > /dev/null 2> $i.err; echo $? > $i.rc
          nft -a ${mounts.length > 0 ? '-n' : ''} list ruleset > $i.list
        elif [ -e $i.check ]; then nft -c --debug=scanner -f - < $i.check > /dev/null 2> $i.err; echo $? > $i.rc
        else nft -c --debug=scanner -f - < $i.scan > /dev/null 2> $i.err; echo $? > $i.rc; fi
        i=$((i + 1))
      done`;
    const user = process.getuid?.() === 0 ? [] : ['--user', '--map-root-user'];
    const { status, stderr } = spawnSync(
      'unshare',
      ['--net', ...(mounts.length > 0 ? ['--mount'] : []), ...user, 'sh', '-c', script, 'sh', folder],
      { encoding: 'utf8' },
    );
    if (status !== 0) {
      throw new Error(`unshare: ${status ?? 'no status'} ${stderr}`);
    }
    return texts.map((_, index) => readRun(join(folder, String(index))));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What nft is given. */
export function toInput(text: string, way: Way): string {
  return way === 'apply' ? FLUSH + text : way === 'scan' ? text + MISTAKE : text;
}

function readRun(path: string): NftRun {
  const said = readFileSync(`${path}.err`, 'latin1');
  const seen: string[] = [];
  const stderr = said.replaceAll(/--accepting rule at line \d+ \("(.*?)"\)\n(?=--|\/dev\/stdin:|In file|Error|$)/gs, (_, found: string) => {
    if (!/^(?: +|\t+|\\\n|[ \t]*#.+)$/s.test(found)) {
      // Of a class of traffic control it also tells the character behind it.
      seen.push(/^[0-9A-Fa-f]{1,4}:[0-9A-Fa-f]{1,4}[ \t\n:},-]$/.test(found) ? found.slice(0, -1) : found);
    }
    return '';
  });
  return {
    status: Number(readFileSync(`${path}.rc`, 'utf8')),
    seen,
    isWhole: /^--EOF/m.test(said),
    stderr: stderr.replaceAll(/^--.*\n/gm, ''),
    listing: existsSync(`${path}.list`) ? readFileSync(`${path}.list`, 'latin1') : '',
  };
}
