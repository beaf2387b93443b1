import type { CommandRunner } from '../../kernel/process/run-command.js';
import { CommandError, EnvironmentError, UsageError } from '../../model/errors.js';
import type { NftRuleSet } from '../../model/plan.js';
import type { NftText } from '../../model/scenario.js';
import { printFirstChain } from '../../words/nft-chain.js';
import { locateNftLine } from '../../words/nft-lines.js';

/** It is in the first line of the text, so that nft's line numbers are those of the file. */
const FLUSH = 'flush ruleset; ';
/** The table that drops all packets while one rule set replaces another. */
export const GAP_TABLE = 'loopfw_gap';
const GAP = `table inet ${GAP_TABLE}`;

/** nft's word for a character that no rule of its scanner reads. */
const JUNK = 'unexpected junk';

/**
 * Replaces all rules in the kernel by a native rule set and loopfw's own table, in one transaction. nft must see the end of a file that has
 * no line feed there, which loopfw's own text would hide: it gets the text up to there alone first.
 * @throws UsageError if nft refuses the text; the message has its lines
 * @throws EnvironmentError if the text is too large
 * @throws CommandError if nft fails otherwise
 */
export function applyNft(ruleSet: NftRuleSet, commands: CommandRunner): void {
  checkEnds(ruleSet, FLUSH, commands);
  feed(ruleSet, FLUSH, `\n${ruleSet.trace.text}`, commands);
}

/** Adds a native file to the rules in the kernel. @throws the errors of applyNft */
export function addNft(native: NftText, commands: CommandRunner): void {
  checkEnds(native, '', commands);
  feed(native, '', '', commands);
}

/** Adds loopfw's own table to the rules in the kernel. */
export function addTrace({ text }: NftRuleSet['trace'], commands: CommandRunner): void {
  commands.feed('nft', ['-f', '-'], text);
}

/** @param before a command in the first line of the text, or '' */
function feed(native: NftText, before: string, after: string, commands: CommandRunner): void {
  try {
    commands.feed('nft', ['-f', '-'], `${before}${native.text}${after}`);
  } catch (error) {
    throw error instanceof CommandError ? explain(error, native, before.length) : error;
  }
}

/** Asks nft about the text up to each end of a file. A block of the including file may be open there: then only junk counts. */
function checkEnds(native: NftText, before: string, commands: CommandRunner): void {
  for (const end of native.openEnds) {
    const text = native.text.slice(0, end);
    try {
      commands.feed('nft', ['--check', '-f', '-'], `${before}${text}`);
    } catch (error) {
      if (!(error instanceof CommandError)) {
        throw error;
      }
      if (end === native.text.length || error.stderr.includes(JUNK)) {
        throw explain(error, { ...native, text }, before.length);
      }
    }
  }
}

/** nft's list of all rules, with their handles, and with priorities as numbers. */
export function listNft(commands: CommandRunner): string {
  return commands.read('nft', ['-a', '-y', 'list', 'ruleset']);
}

/** nft's list of all rules as JSON (libnftables-json(5)), with all values as numbers. null where nft was built without JSON. */
export function listNftAsJson(commands: CommandRunner): string | null {
  try {
    return commands.read('nft', ['-j', '-n', 'list', 'ruleset']);
  } catch (error) {
    if (error instanceof CommandError) {
      return null;
    }
    throw error;
  }
}

/**
 * Removes all rules of nf_tables from the kernel, and calls `apply` to apply another rule set instead. There are no rules between the two. A
 * retransmission of an open connection must not pass at that moment, so a table drops all packets meanwhile.
 */
export function replaceNft<Applied>(commands: CommandRunner, apply: () => Applied): Applied {
  const chains = ['prerouting', 'output'].map((hook) => printFirstChain(hook, ['policy drop;']));
  commands.feed('nft', ['-f', '-'], `flush ruleset\n${GAP} {\n${chains.join('')}}\n`);
  const applied = apply();
  commands.feed('nft', ['-f', '-'], `delete ${GAP}\n`);
  return applied;
}

/**
 * Makes the error for the user. It has only those messages of nft that are about the given text. Below each problem nft prints a line,
 * which may belong to another file of the machine.
 */
function explain({ summary, stderr }: CommandError, { file, text, sources }: NftText, before: number): Error {
  if (stderr.includes('Message too long')) {
    // nft sends everything in one message, and only root may enlarge the socket's buffer. It holds about 700 rules, or some 10,000 elements
    // of a set.
    return new EnvironmentError(`${file} is too large for an ordinary user to hand to the kernel at once: run loopfw as root`);
  }
  const problems = listNftProblems(stderr, { text, sources }, before);
  if (problems.length > 0) {
    return new UsageError(problems.join('; '));
  }
  const why = listOwnWords(stderr).join('; ') || 'what it wrote is about no line of this file, and is not shown';
  return new CommandError(`${summary} (its input was ${file})`, why);
}

/**
 * The problems that nft reports in its input, such as `/dev/stdin:3:9-12: Error: syntax error …`, without the lines below them. A problem
 * in loopfw's own table, which follows the text, is only a consequence of an earlier one.
 */
function listNftProblems(stderr: string, { text, sources }: Pick<NftText, 'text' | 'sources'>, before: number): string[] {
  const problems = stderr.split('\n').flatMap((said) => {
    const [, line, column, problem] = /^\/dev\/stdin:(\d+):(\d+)(?:-\d+)?: Error: (.*)$/s.exec(said) ?? [];
    const shift = line === '1' ? before : 0;
    const place = locateNftLine(sources, Number(line));
    return problem === undefined
      ? []
      : [{ line: Number(line), said: `${place.file}:${place.line}:${Number(column) - shift}: nft refuses this: ${problem}` }];
  });
  const lines = text.split('\n').length;
  const itsOwn = problems.filter(({ line }) => line <= lines);
  // A missing closing brace is reported only after the end of the text.
  return (itsOwn.length > 0 ? itsOwn : problems.slice(0, 1)).map(({ said }) => said);
}

/** The messages in which nft quotes no file. They have only fixed texts of nft and of the kernel. */
function listOwnWords(stderr: string): string[] {
  const own = /^(?:netlink: |internal:0:0-0: )?Error: (?:cache initialization failed|Could not process rule): [A-Z][A-Za-z ,'/-]{0,60}$/;
  return stderr.split('\n').filter((said) => own.test(said));
}
