import type { Argument, Command, Option } from 'commander';
import { getWords } from '../../input/schema/expectation.js';
import { DIFF_REPORTERS } from '../../report/insight/reporters.js';
import { REPORTERS } from '../../report/reporters.js';
import { FAULT_KINDS } from '../../run/world/faults/kinds.js';
import { EXIT_CODES } from '../output/exit-codes.js';
import { assertOutputOpen } from '../output/standard-output.js';
import { EXPLAINED } from './explain.js';

/**
 * Each script asks `loopfw complete` for lines of a word, a tab and a description. No line means files. bash and zsh hand over the words up to
 * the cursor.
 */
const SCRIPTS = {
  bash: `# loopfw: completion for bash
_loopfw() {
  local IFS=$'\\n'
  COMPREPLY=($("$1" complete -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null | cut -f 1))
  [[ \${COMPREPLY[0]-} != *= ]] || compopt -o nospace
}
complete -o default -F _loopfw loopfw
`,
  zsh: `#compdef loopfw
# loopfw: completion for zsh
_loopfw() {
  local -a lines described
  lines=("\${(@f)$("\${words[1]}" complete -- "\${(@)words[2,CURRENT]}" 2>/dev/null)}")
  if [[ -z "\${lines[*]}" ]]; then
    _files
    return
  fi
  described=("\${(@)lines/$'\\t'/:}")
  _describe loopfw described
}
if [ "$funcstack[1]" = _loopfw ]; then
  _loopfw "$@"
else
  compdef _loopfw loopfw
fi
`,
  fish: `# loopfw: completion for fish
function __loopfw_complete
  set -l words (commandline -opc) (commandline -ct)
  set -l lines ($words[1] complete -- $words[2..-1] 2>/dev/null)
  if test (count $lines) -gt 0
    printf '%s\\n' $lines
  else
    __fish_complete_path (commandline -ct)
  end
end
complete -c loopfw -f -a '(__loopfw_complete)'
`,
};

/** The values of options and arguments that commander does not know, by name, or by command and name. */
const VALUES: Record<string, () => string[]> = {
  reporter: () => Object.keys(REPORTERS),
  backend: () => ['nft', 'legacy', 'nft,legacy'],
  expect: () => [...getWords('outcome'), ...getWords('cause'), 'closed'],
  'exec reporter': () => ['json='],
  'diff reporter': () => Object.keys(DIFF_REPORTERS),
  'exec backend': () => ['nft', 'legacy'],
  fault: () => FAULT_KINDS.map((kind) => `${kind}=`),
  faults: () => FAULT_KINDS.map((kind) => `${kind}=`),
  word: () => EXPLAINED,
};

/** The most characters of a description. */
const LONGEST = 60;

interface Candidate {
  word: string;
  description: string;
}

/** `loopfw completion`: prints the script for a shell. Returns the exit code. */
export function completionCommand(shell: keyof typeof SCRIPTS): number {
  assertOutputOpen();
  process.stdout.write(SCRIPTS[shell]);
  return EXIT_CODES.passed;
}

/** `loopfw complete`: prints what may be in the place of the last word. Returns the exit code. */
export function completeCommand(program: Command, words: string[]): number {
  const lines = listCandidates(program, words).map(({ word, description }) => `${word}${description === '' ? '' : `\t${description}`}\n`);
  process.stdout.write(lines.join(''));
  return EXIT_CODES.passed;
}

/** What may be in the place of the last word. An empty list means files, or anything. */
function listCandidates(program: Command, words: string[]): Candidate[] {
  const typed = words.at(-1) ?? '';
  return listAll(program, words.slice(0, -1), typed).filter(({ word }) => word.startsWith(typed));
}

function listAll(program: Command, before: string[], typed: string): Candidate[] {
  const [name, ...rest] = before;
  const command = program.commands.find((each) => each.name() === name);
  if (command === undefined) {
    return name === undefined ? [...listCommands(program), ...(typed.startsWith('-') ? listOptions(program) : [])] : [];
  }
  if (rest.includes('--')) {
    return [];
  }
  const option = command.options.find(({ short, long, required }) => required && [short, long].includes(rest.at(-1) ?? ''));
  if (option !== undefined) {
    return listValues(option, command, option.attributeName());
  }
  if (typed.startsWith('-')) {
    return listOptions(command);
  }
  const [argument] = command.registeredArguments;
  return argument === undefined ? [] : listValues(argument, command, argument.name());
}

function listCommands(program: Command): Candidate[] {
  const commands = program.createHelp().visibleCommands(program);
  return commands.map((command) => ({ word: command.name(), description: shorten(command.description()) }));
}

function listOptions(command: Command): Candidate[] {
  const options = command.createHelp().visibleOptions(command);
  return options.flatMap(({ long, description }) => (long ? [{ word: long, description: shorten(description) }] : []));
}

function listValues({ argChoices }: Pick<Option | Argument, 'argChoices'>, command: Command, name: string): Candidate[] {
  const words = argChoices ?? (VALUES[`${command.name()} ${name}`] ?? VALUES[name])?.() ?? [];
  return words.map((word) => ({ word, description: '' }));
}

/** The first part of a description: a line of a menu is short. */
function shorten(description: string): string {
  const [part = ''] = description.split(/[;(]/);
  return part.length > LONGEST ? `${part.slice(0, LONGEST)}…` : part.trim();
}
