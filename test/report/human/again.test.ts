// The command that runs again what did not pass.
import { execFileSync } from 'node:child_process';
import t from 'tap';
import type { Result, ScenarioResult } from '../../../src/model/result.js';
import { getRerunCommand } from '../../../src/report/human/again.js';
import { makeHarmless } from '../../../src/words/harmless.js';
import { readResultFile } from '../../support/result.js';

const base = readResultFile(new URL('../every-status.json', import.meta.url));
const scenario = base.scenarios[0]!;

function makeResult(failed: Partial<ScenarioResult>[], argv: string[] = []): Result {
  const passed: ScenarioResult = { ...scenario, name: 'passed', file: 'passed.json', status: 'passed' };
  return { ...base, argv, scenarios: [passed, ...failed.map((each) => ({ ...scenario, ...each }))] };
}

/** The words that a shell makes of the command. */
function split(command: string | null): string[] {
  const script = `loopfw() { for word; do printf '%s\\0' "$word"; done; }; ${command}`;
  return execFileSync('/bin/sh', ['-c', script], { encoding: 'utf8' }).split('\0').slice(0, -1);
}

t.test('the scenarios by their names, in their files', async (t) => {
  t.equal(
    getRerunCommand(makeResult([{ name: 'one address', file: 'scenarios/a.json' }])),
    "loopfw run --grep '^one address$' scenarios/a.json",
  );
  t.equal(
    getRerunCommand(makeResult([{ name: 'a.b' }, { name: 'c', status: 'error' }, { name: 'c', backend: 'legacy' }])),
    String.raw`loopfw run --grep '^(?:a\.b|c)$' scenarios/every.json`,
  );
  t.equal(getRerunCommand(makeResult([])), null);
});

t.test('whatever the names are, a shell passes a pattern that matches them alone', async (t) => {
  const names = [`it's`, '$HOME `id` "x" \\', '(a+)+ [b] {2} ^|*?.', '\u001b[31m\n😀\u2028', '-x', ''];
  for (const name of names) {
    const command = getRerunCommand(makeResult([{ name, file: `-${name.replace(/[\0-\x1f\u2028]/g, '')} .json` }]));
    t.equal(makeHarmless(command ?? ''), command);
    const [run, grep, pattern = '', file] = split(command);
    t.strictSame([run, grep, file], ['run', '--grep', `./-${name.replace(/[\0-\x1f\u2028]/g, '')} .json`]);
    t.match(name, new RegExp(pattern));
    t.notMatch(`${name}x`, new RegExp(pattern));
  }
});

t.test('of many, the files', async (t) => {
  const many = Array.from({ length: 6 }, (_, place) => ({ name: String(place), file: `${place % 2}.json` }));
  t.equal(getRerunCommand(makeResult(many)), 'loopfw run 0.json 1.json');
});

t.test('with the options that decide how probes end', async (t) => {
  const argv = ['run', '--ruleset', 'my rules.v4', '--tag', 'x', '--backend=legacy', '--ruleset=b', '--allow-commands', '-r', 'json', 'a'];
  t.strictSame(split(getRerunCommand(makeResult([{ name: 'x', file: 'f' }], argv))), [
    ...['run', '--ruleset', 'my rules.v4', '--backend', 'legacy', '--ruleset', 'b', '--allow-commands'],
    ...['--grep', '^x$', 'f'],
  ]);
});

t.test('what came from standard input cannot be run again', async (t) => {
  t.equal(getRerunCommand(makeResult([{ file: '<stdin>' }])), null);
  t.equal(getRerunCommand(makeResult([{}], ['run', '--ruleset', '-'])), null);
  t.equal(getRerunCommand(makeResult([{}], ['run', '--ruleset', 'a\u001b'])), null);
});

t.test('a file whose name no terminal may show', async (t) => {
  t.equal(getRerunCommand(makeResult([{ file: 'a\u001b.json' }], ['--backend', 'nft'])), 'loopfw run --backend nft --last-failed');
});
