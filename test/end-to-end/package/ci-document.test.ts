// What docs/ci.md shows is run: its shell as it stands, and the shell lines of each service, part by part, in the environment that it gives.
import { chmod, cp, mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { run } from '../../support/loopfw.js';
import { getBlocks, readDocument } from '../../support/markdown.js';
import { getPackage, ROOT } from '../../support/package.js';

const BLOCKS = getBlocks(readDocument('docs/ci.md'));

/** Commands of the examples that are not the real ones. What would change the machine is written into the file `calls` instead. */
const COMMANDS = {
  npx: 'exec "$@"',
  npm: 'echo "npm $*" >>calls',
  'apt-get': 'echo "apt-get $*" >>calls',
  sudo: 'case "$1" in env | apt-get) exec "$@" ;; *) echo "$*" >>calls ;; esac',
};

/** A folder with a small suite, and with the commands of the examples. */
async function makeFolder(): Promise<{ folder: string; path: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'loopfw-ci-'));
  const { folder: root } = await getPackage(false);
  for (const name of ['reject.json', 'drop.json', 'same-address.json']) {
    await cp(join(ROOT, 'scenarios', name), join(folder, 'scenarios', name));
  }
  await mkdir(join(folder, 'bin'));
  await mkdir(join(folder, 'results'));
  for (const [name, text] of Object.entries({ ...COMMANDS, loopfw: `exec node '${root}/dist/bin.js' "$@"` })) {
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

/** The shell lines under a heading: those of a part, with `loopfw run` as the last, and those of the job after the parts. */
function getLines(heading: string): { part: string[]; result: string[] } {
  const line = /^ *(?:- run: |- (?=npm |npx |apt-get )|sh '|(?=loopfw ))(.*?)'?$/gm;
  const lines = [...getText(heading).matchAll(line)].map(([, text = '']) => text);
  const last = lines.findIndex((text) => text.includes('loopfw run')) + 1;
  return { part: lines.slice(0, last), result: lines.slice(last) };
}

interface Service {
  total: number;
  /** How many shell lines a part has, and the job after the parts. */
  lines: [number, number];
  getEnv: (part: number) => Record<string, string>;
  /** What the job after the parts writes. */
  writes: string[];
}

/** How each service tells a part what it is. */
const SERVICES: Record<string, Service> = {
  'GitHub Actions': {
    total: 3,
    lines: [4, 2],
    getEnv: (part) => ({ GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: 'summary.md', SHARD: `${part}` }),
    writes: ['summary.md', 'result.json'],
  },
  GitLab: {
    total: 5,
    lines: [3, 2],
    getEnv: (part) => ({ GITLAB_CI: 'true', CI_NODE_INDEX: `${part}`, CI_NODE_TOTAL: '5' }),
    writes: ['junit.xml', 'result.json'],
  },
  Jenkins: { total: 3, lines: [1, 1], getEnv: (part) => ({ PART: `${part}` }), writes: ['junit.xml', 'page/index.html', 'result.json'] },
  CircleCI: {
    total: 3,
    lines: [3, 2],
    getEnv: (part) => ({ CIRCLECI: 'true', CIRCLE_NODE_INDEX: `${part - 1}`, CIRCLE_NODE_TOTAL: '3' }),
    writes: ['junit.xml', 'report.html', 'result.json'],
  },
  Kubernetes: {
    total: 5,
    lines: [1, 1],
    getEnv: (part) => ({ JOB_COMPLETION_INDEX: `${part - 1}`, LOOPFW_SHARD_TOTAL: '5' }),
    writes: ['result.json'],
  },
};

t.test('the shell', async (t) => {
  const { folder, path } = await makeFolder();
  const { exitCode, stdout, stderr } = await run('sh', ['-ec', getText('A shell')], { cwd: folder, env: { PATH: path } });
  t.equal(exitCode, 0, { stdout, stderr });
  t.match(stderr, /^(loopfw: shard \d of 3 \(--shard\): \d of 5 scenarios\n){3}$/);
  t.match(stdout, /^✔ 9 passed {2}5 scenarios, 9 probes, /m);
});

for (const [heading, { total, lines, getEnv, writes }] of Object.entries(SERVICES)) {
  t.test(heading, async (t) => {
    const { folder, path } = await makeFolder();
    const { part, result } = getLines(heading);
    t.strictSame([part.length, result.length], lines, { part, result });
    const call = (commands: string[], env: Record<string, string>) => {
      const shell = commands.join('\n').replaceAll('${{ matrix.shard }}', '$SHARD').replaceAll('/results/', 'results/');
      return run('sh', ['-ec', shell], { cwd: folder, env: { PATH: path, ...env } });
    };
    for (let each = 1; each <= total; each++) {
      const { exitCode, stderr } = await call(part, getEnv(each));
      t.equal(exitCode, 0, stderr);
      t.match(stderr, `loopfw: shard ${each} of ${total} (`);
    }
    const { exitCode, stdout, stderr } = await call(result, getEnv(1));
    t.strictSame([exitCode, stderr], [0, '']);
    t.match(stdout, /\n✔ 9 passed {2}5 scenarios, 9 probes, /);
    for (const name of writes) {
      t.ok((await readFile(join(folder, name), 'utf8')) !== '', name);
    }
  });
}

t.test('the image has every package that an example installs', (t) => {
  const getPackages = (text: string) =>
    [...text.matchAll(/apt-get install ([^&\n]*)/g)].map(([, words = '']) => words.split(' ').filter((word) => /^[a-z]/.test(word)));
  const [image = []] = getPackages(readDocument('Dockerfile'));
  t.strictSame(image, ['iptables', 'nftables', 'ipset']);
  const examples = getPackages(BLOCKS.map(({ text }) => text).join(''));
  t.equal(examples.length, 3);
  examples.forEach((packages) => t.strictSame(packages, image));
  t.end();
});

t.test('the image has the Node.js of the virtual machine', (t) => {
  const [, version = ''] = /version=v(\d+\.\d+)\./.exec(readDocument('Vagrantfile')) ?? [];
  t.strictSame(
    [...readDocument('Dockerfile').matchAll(/^FROM (\S+)/gm)].map(([, image]) => image),
    Array.from({ length: 2 }, () => `node:${version}-bookworm-slim`),
  );
  t.end();
});

t.test('what it says of action.yml', (t) => {
  const inputs = [...readDocument('action.yml').matchAll(/^ {2}(\w+):\n {4}description: .*\n {4}default: (.*)$/gm)];
  const rows = [...readDocument('docs/ci.md').matchAll(/^\| `(\w+)` \| (?:`(\w+)`|none) \|/gm)];
  t.strictSame(
    rows.map(([, name, value]) => [name, value ?? "''"]),
    inputs.map(([, name, value]) => [name, value]),
  );
  const used = [...getText('GitHub: the action').matchAll(/^ {10}(\w+):/gm)].map(([, name]) => name);
  t.ok(used.length > 0 && used.every((name) => inputs.some(([, input]) => input === name)));
  t.end();
});
