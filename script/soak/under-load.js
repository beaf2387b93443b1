import { execFile, execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const BUSY_LOOPS = 2;
const COMMAND = ['dist/bin.js', 'run', 'scenarios'];

/**
 * Runs the scenarios many times, several runs at once beside busy loops, and compares each verdict with that of a calm run. A verdict may
 * be inconclusive, but must not differ otherwise. Returns whether all verdicts are as required.
 */
export async function runUnderLoad({ runs, atOnce }) {
  const folder = mkdtempSync(join(tmpdir(), 'loopfw-soak-'));
  const calm = readVerdicts(run(join(folder, 'calm.json')));
  const loops = Array.from({ length: BUSY_LOOPS }, () => spawn(process.execPath, ['-e', 'for (;;);'], { stdio: 'ignore' }));
  let [different, inconclusive, count] = [[], 0, 0];
  try {
    for (let done = 0; done < runs; done += atOnce) {
      const files = Array.from({ length: Math.min(atOnce, runs - done) }, (_, place) => join(folder, `${done + place}.json`));
      await Promise.all(files.map(runBeside));
      for (const file of files) {
        const verdicts = readVerdicts(file);
        for (const [name, status] of calm) {
          const other = verdicts.get(name) ?? 'missing';
          count++;
          inconclusive += other !== status && other === 'inconclusive' ? 1 : 0;
          different.push(...(other === status || other === 'inconclusive' ? [] : [`${name}: ${status}, under load ${other}`]));
        }
      }
    }
  } finally {
    loops.forEach((loop) => loop.kill('SIGKILL'));
    rmSync(folder, { recursive: true });
  }
  console.log(`load: ${runs} runs, ${atOnce} at once: ${count} verdicts, ${inconclusive} inconclusive, ${different.length} different`);
  different.forEach((line) => console.log(`  ${line}`));
  return different.length === 0;
}

function run(file) {
  execFileSync(process.execPath, [...COMMAND, '-r', `json=${file}`], { stdio: 'ignore' });
  return file;
}

async function runBeside(file) {
  await promisify(execFile)(process.execPath, [...COMMAND, '-r', `json=${file}`]).catch(() => {});
}

function readVerdicts(file) {
  const { scenarios } = JSON.parse(readFileSync(file, 'utf8'));
  return new Map(
    scenarios.flatMap((scenario) =>
      scenario.probes.map((probe) => [`${scenario.file} ${scenario.name} ${scenario.backend} #${probe.index} ${probe.name}`, probe.status]),
    ),
  );
}
