import { CommandError, EnvironmentError, UsageError } from '../errors.js';
import type { CommandRunner } from '../kernel/run-command.js';
import type { NftRuleSet } from '../model/plan.js';

/** In the first line of the text, so that nft's line numbers are the file's. */
const FLUSH = 'flush ruleset; ';

/**
 * Gives a native rule set to the kernel, and loopfw's own table with it, at once and in the place of all that was there.
 * @throws UsageError where nft refuses the text, with its lines · EnvironmentError where there is too much of it · CommandError where nft
 * does not come so far
 */
export function applyNft({ file, text, trace }: NftRuleSet, commands: CommandRunner): void {
  try {
    commands.run('nft', ['-f', '-'], `${FLUSH}${text}\n${trace.text}`);
  } catch (error) {
    throw error instanceof CommandError ? explain(error, { file, text }) : error;
  }
}

/** nft's list of all rules with what it calls them, and with priorities as numbers. */
export function listNft(commands: CommandRunner): string {
  return commands.run('nft', ['-a', '-y', 'list', 'ruleset']);
}

const GAP = 'table inet loopfw_gap';

/**
 * Takes a native rule set out of the kernel, and lets `apply` put another in its place that nft knows nothing of. Between the two there are
 * no rules: what an open connection retransmits then must not pass unseen, so it is dropped.
 */
export function replaceNft<Applied>(commands: CommandRunner, apply: () => Applied): Applied {
  const chains = ['prerouting', 'output'].map((hook) => `chain ${hook} { type filter hook ${hook} priority -2147483648; policy drop; }`);
  commands.run('nft', ['-f', '-'], `flush ruleset\n${GAP} {\n${chains.join('\n')}\n}\n`);
  const applied = apply();
  commands.run('nft', ['-f', '-'], `delete ${GAP}\n`);
  return applied;
}

/**
 * What nft says is for the user only where it speaks of the text that it was given. Below each problem nft shows the line, and that
 * may be one of a file of the machine.
 */
function explain({ summary, stderr }: CommandError, { file, text }: Pick<NftRuleSet, 'file' | 'text'>): Error {
  if (stderr.includes('Message too long')) {
    // nft sends all in one message, and only root may make the socket's buffer larger (about 700 rules, or some 10,000 elements of a set).
    return new EnvironmentError(`${file} is too large for an ordinary user to hand to the kernel at once: run loopfw as root`);
  }
  const problems = listNftProblems(stderr, { file, text });
  if (problems.length > 0) {
    return new UsageError(problems.join('; '));
  }
  const why = listOwnWords(stderr).join('; ') || 'what it wrote is about no line of this file, and is not shown';
  return new CommandError(`${summary} (its input was ${file})`, why);
}

/**
 * `/dev/stdin:3:9-12: Error: syntax error …`: what nft says of places in its input, and nothing of what is below. What it says of loopfw's own
 * table, behind the text, follows from what is wrong before it.
 */
function listNftProblems(stderr: string, { file, text }: Pick<NftRuleSet, 'file' | 'text'>): string[] {
  const problems = stderr.split('\n').flatMap((said) => {
    const [, line, column, problem] = /^\/dev\/stdin:(\d+):(\d+)(?:-\d+)?: Error: (.*)$/s.exec(said) ?? [];
    const shift = line === '1' ? FLUSH.length : 0;
    return problem === undefined
      ? []
      : [{ line: Number(line), said: `${file}:${line ?? ''}:${Number(column) - shift}: nft refuses this: ${problem}` }];
  });
  const lines = text.split('\n').length;
  const itsOwn = problems.filter(({ line }) => line <= lines);
  // An end that is missing shows behind the text only.
  return (itsOwn.length > 0 ? itsOwn : problems.slice(0, 1)).map(({ said }) => said);
}

/** What nft says of its own work: of no file, and in words of nft's and the kernel's. */
function listOwnWords(stderr: string): string[] {
  const own = /^(?:netlink: |internal:0:0-0: )?Error: (?:cache initialization failed|Could not process rule): [A-Z][A-Za-z ,'/-]{0,60}$/;
  return stderr.split('\n').filter((said) => own.test(said));
}
