// The real iptables-restore and iptables-save, in a throw-away network namespace.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Table } from '../../../src/model/rule.js';
import { type Environment, IPSETS } from '../save/run-restores.js';
import type { Line } from './lines.js';
import { OWN_CHAIN } from './loopfw-reader.js';

/** What iptables-restore wrote, if it refused the file; otherwise what iptables-save then wrote. */
export interface Answer {
  isTaken: boolean;
  output: string;
}

/** A file for iptables-restore with one table. */
export interface File {
  table: Table;
  lines: string[];
}

/** Before the status of a program. No program writes this. */
const MARK = '@@@@';
const LONGEST_RUN_MS = 900_000;

/** Loads each line alone, one after the other. A wrong line costs 2 ms, because iptables-restore ends before it asks the kernel. */
export async function loadEach(lines: Line[], environment: Environment): Promise<Answer[]> {
  const script = `while IFS= read -r line; do
      printf '*%s\\n:${OWN_CHAIN} - [0:0]\\n%s\\nCOMMIT\\n' "\${line%% *}" "\${line#* }" | $program-restore 2>&1
      echo "${MARK}$?"
    done < input`;
  return run(
    environment,
    script,
    lines.map(({ table, text }) => `${table} ${text}`),
  );
}

/** Loads each file, and saves its table. */
export async function loadFiles(files: File[], environment: Environment): Promise<Answer[]> {
  const script = `while read -r table place; do
      $program-restore < $place.in 2>&1; status=$?
      [ $status -eq 0 ] && $program-save -t $table 2> $place.err
      echo "${MARK}$status"
      printf '*%s\\nCOMMIT\\n' $table | $program-restore
    done < input`;
  return run(
    environment,
    script,
    files.map(({ table }, place) => `${table} ${place}`),
    files.map(({ table, lines }) => [`*${table}`, `:${OWN_CHAIN} - [0:0]`, ...lines, 'COMMIT', ''].join('\n')),
  );
}

async function run({ family, backend }: Environment, script: string, input: string[], files: string[] = []): Promise<Answer[]> {
  const folder = mkdtempSync(join(tmpdir(), 'loopfw-twins-'));
  const program = `${family === 'ipv6' ? 'ip6tables' : 'iptables'}-${backend}`;
  try {
    writeFileSync(join(folder, 'input'), input.map((line) => `${line}\n`).join(''));
    files.forEach((text, place) => writeFileSync(join(folder, `${place}.in`), text));
    const user = process.getuid?.() === 0 ? [] : ['--user', '--map-root-user'];
    writeFileSync(join(folder, 'ipsets'), IPSETS[family]);
    const setUp = `export PATH=$PATH:/usr/sbin:/sbin XTABLES_LOCKFILE=/proc/self/status program=${program}; ipset restore < ipsets`;
    const child = spawn('unshare', ['--net', ...user, 'sh', '-c', `{ ${setUp}\n${script}\n} > output 2>&1`], {
      cwd: folder,
      stdio: 'ignore',
      timeout: LONGEST_RUN_MS,
    });
    await once(child, 'exit');
    return readAnswers(readFileSync(join(folder, 'output'), 'utf8'), input.length);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @throws Error if the programs were not all run */
function readAnswers(text: string, expected: number): Answer[] {
  const parts = text.split(new RegExp(`${MARK}(\\d+)\\n`));
  const answers = Array.from({ length: (parts.length - 1) / 2 }, (_, index): Answer => {
    return { isTaken: parts[2 * index + 1] === '0', output: parts[2 * index]?.trim() ?? '' };
  });
  if (answers.length !== expected) {
    throw new Error(`${answers.length} answers instead of ${expected}: ${text.slice(-500)}`);
  }
  return answers;
}
