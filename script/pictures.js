// Draws the pictures of the documents from what loopfw really prints. Needs a build.
//   npm run docs:pictures               writes docs/pictures/*.svg
//   npm run docs:pictures -- --check    says whether they show what loopfw prints now, apart from times
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { drawJourneys } from './pictures/journeys.js';
import { THEMES, toWords } from './pictures/svg.js';
import { drawTerminal } from './pictures/terminal.js';

const COLUMNS = 100;
const BIN = new URL('../dist/bin.js', import.meta.url).pathname;
const FOLDER = new URL('../docs/pictures/', import.meta.url).pathname;

const RULE = '"-A INPUT -s 127.0.0.1 -j REJECT"';
const ANSWERS = '"-A INPUT -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT"';
const FILES = {
  'one-address.json': `{
  "name": "one address",
  "servers": { "web": "tcp://127.0.0.1:8000" },
  "clients": { "app": "127.0.0.1" },
  "rules": [${RULE}],
  "probes": [{ "from": "app", "to": "web", "expect": "refused" }]
}
`,
  'answers-first.json': `{
  "name": "answers first",
  "servers": { "web": "tcp://127.0.0.1:8000" },
  "clients": { "app": "127.0.0.1" },
  "rules": [
    ${ANSWERS},
    ${RULE}
  ],
  "probes": [{ "from": "app", "to": "web", "expect": "refused" }]
}
`,
  'two-machines.json': `{
  "name": "two machines",
  "interfaces": { "eth0": { "addresses": ["192.0.2.1/24"] } },
  "servers": { "web": "tcp://192.0.2.1:8000" },
  "clients": { "app": { "address": "192.0.2.9", "via": "eth0" } },
  "rules": ["-A INPUT -s 192.0.2.9 -j REJECT"],
  "probes": [{ "from": "app", "to": "web", "count": 9, "expect": "refused" }]
}
`,
};

const folder = mkdtempSync(join(tmpdir(), 'loopfw-pictures-'));
try {
  for (const [name, text] of Object.entries(FILES)) {
    writeFileSync(join(folder, name), text);
  }
  process.exitCode = process.argv.includes('--check') ? check(draw()) : write(draw());
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** All pictures, by the name of their file. */
function draw() {
  const panels = [
    {
      heading: 'On two machines',
      conclusion: 'The client is told at once: connection refused.',
      scenario: readScenario('two-machines.json'),
    },
    {
      heading: 'On one machine',
      conclusion: 'The error is a packet too: the same rule ends it.',
      scenario: readScenario('one-address.json'),
    },
  ];
  const scenes = [
    {
      seconds: 16,
      text: `$ # client and server are both 127.0.0.1, and the only rule is -A INPUT -s 127.0.0.1 -j REJECT\n$ loopfw run one-address.json\n\n${print('one-address.json')}`,
    },
    {
      seconds: 10,
      text: `$ # what loopfw advises: accept the answers first\n$ cat answers-first.json\n${FILES['answers-first.json']}\n$ loopfw run answers-first.json\n${print('answers-first.json')}`,
    },
  ];
  return Object.entries(THEMES).flatMap(([name, theme]) => [
    [`founding-${name}.svg`, drawJourneys('One rule on two machines and on one: refused at once, and hanging', panels, theme)],
    [`terminal-${name}.svg`, drawTerminal('loopfw finds out why a client hangs, and what helps', COLUMNS, scenes, theme)],
  ]);
}

function readScenario(file) {
  const { stdout } = spawnSync(process.execPath, [BIN, 'run', '-r', 'json', file], { cwd: folder, encoding: 'utf8' });
  return JSON.parse(stdout).scenarios[0];
}

/** What loopfw prints on a terminal with colours. */
function print(file) {
  const env = { ...process.env, COLUMNS: `${COLUMNS}`, XDG_STATE_HOME: folder };
  return spawnSync(process.execPath, [BIN, 'run', '--color', file], { cwd: folder, encoding: 'utf8', env }).stdout;
}

function write(pictures) {
  for (const [name, svg] of pictures) {
    writeFileSync(join(FOLDER, name), svg);
  }
  return 0;
}

function check(pictures) {
  const stale = pictures.filter(([name, svg]) => toWords(readFileSync(join(FOLDER, name), 'utf8')) !== toWords(svg));
  for (const [name] of stale) {
    console.error(`docs/pictures/${name} is not what loopfw prints now: npm run docs:pictures`);
  }
  return stale.length > 0 ? 1 : 0;
}
