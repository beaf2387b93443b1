// What docs/ci.md shows is run: its shell as it stands, and what its jobs call, part by part, in the environment that each machine gives.
import { chmod, cp, mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { run } from '../../support/loopfw.js';
import { getBlocks, readDocument } from '../../support/markdown.js';
import { getPackage, ROOT } from '../../support/package.js';

const BLOCKS = getBlocks(readDocument('docs/ci.md'));

/** A folder with a small suite, and with commands called loopfw and npx. */
async function makeFolder(): Promise<{ folder: string; path: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'loopfw-ci-'));
  const { folder: root } = await getPackage(false);
  for (const name of ['reject.json', 'drop.json', 'same-address.json']) {
    await cp(join(ROOT, 'scenarios', name), join(folder, 'scenarios', name));
  }
  await mkdir(join(folder, 'bin'));
  await mkdir(join(folder, 'results'));
  for (const [name, text] of [
    ['loopfw', `exec node '${root}/dist/bin.js' "$@"`],
    ['npx', 'exec "$@"'],
  ] as const) {
    await writeFile(join(folder, 'bin', name), `#!/bin/sh\n${text}\n`);
    await chmod(join(folder, 'bin', name), 0o755);
  }
  return { folder, path: `${folder}/bin:${process.env['PATH'] ?? ''}` };
}

function getText(heading: string): string {
  return BLOCKS.filter((block) => block.heading === heading)
    .map(({ text }) => text)
    .join('');
}

/** What a job calls, as a line of shell. */
function findCommand(heading: string, name: 'run' | 'merge'): string {
  return new RegExp(`(npx )?loopfw ${name} .*`).exec(getText(heading))?.[0] ?? '';
}

/** How the machines of each tell a part what it is. */
const MACHINES: Record<string, { total: number; getEnv: (part: number) => Record<string, string> }> = {
  'GitHub Actions': { total: 3, getEnv: () => ({ GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: 'summary.md' }) },
  GitLab: { total: 5, getEnv: (part) => ({ GITLAB_CI: 'true', CI_NODE_INDEX: `${part}`, CI_NODE_TOTAL: '5' }) },
  Kubernetes: { total: 5, getEnv: (part) => ({ JOB_COMPLETION_INDEX: `${part - 1}`, LOOPFW_SHARD_TOTAL: '5' }) },
};

t.test('the shell', async (t) => {
  const { folder, path } = await makeFolder();
  const { exitCode, stdout, stderr } = await run('sh', ['-ec', getText('A shell')], { cwd: folder, env: { PATH: path } });
  t.equal(exitCode, 0, { stdout, stderr });
  t.match(stderr, /^(loopfw: shard \d of 3 \(--shard\): \d of 5 scenarios\n){3}$/);
  t.match(stdout, /^✔ 9 passed {2}5 scenarios, 9 probes, /m);
});

for (const [heading, { total, getEnv }] of Object.entries(MACHINES)) {
  t.test(heading, async (t) => {
    const { folder, path } = await makeFolder();
    const call = (command: string, env: Record<string, string>) => {
      const shell = command.replaceAll('${{ matrix.shard }}', '$SHARD').replaceAll('/results/', 'results/');
      return run('sh', ['-ec', shell], { cwd: folder, env: { PATH: path, ...env } });
    };
    for (let part = 1; part <= total; part++) {
      const { exitCode, stderr } = await call(findCommand(heading, 'run'), { ...getEnv(part), SHARD: `${part}` });
      t.equal(exitCode, 0, stderr);
      t.match(stderr, `loopfw: shard ${part} of ${total} (`);
    }
    const { exitCode, stdout, stderr } = await call(findCommand(heading, 'merge'), getEnv(1));
    t.strictSame([exitCode, stderr], [0, '']);
    t.match(stdout, /\n✔ 9 passed {2}5 scenarios, 9 probes, /);
  });
}
