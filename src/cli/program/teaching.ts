import { type Command, InvalidArgumentError, Option } from 'commander';
import type { ExerciseCommandOptions } from '../commands/exercise/exercise.js';
import { toHelpText } from './help-text.js';

const EXAMPLES = `
Examples:
  $ loopfw exercise                                lists the exercises
  $ loopfw exercise 3                              shows the third one
  $ loopfw exercise 3 --start my.rules             writes its first rules to a file
  $ loopfw exercise 3 --rules my.rules             runs the rules of the file
  $ loopfw exercise 3 --rules my.rules --hint 1    with a hint
  $ loopfw exercise 3 --rules my.rules --submit anna.json --student anna
  $ loopfw exercise --collect *.json               the teacher's table

The file has lines such as iptables -A INPUT -s 127.0.0.1 -j DROP, with or without sudo and iptables, or what iptables-save writes. Nothing is
applied to this machine's network. NAME can be the file of an exercise of your own: a scenario with the key "exercise".

--collect reads the name of the exercise, the name of the student and the rules of each file, and runs the rules again: what else a file says
does not count.

Exit codes: 0 all passed, or nothing was run; 1 not all passed; 2 usage error, or a mistake in the rules.`;

const TOUR_EXAMPLES = `
Examples:
  $ loopfw tour
  $ loopfw tour | less

The steps are really run, in a network that loopfw makes and throws away. On a terminal, Enter goes on, and q with Enter ends.`;

/** The commands for those who learn and teach: exercise, tour. */
export function addTeachingCommands(program: Command, setExitCode: (code: number) => void, hasColors: () => boolean): void {
  program
    .command('exercise')
    .description('learn by exercises: write rules, and see what they do')
    .argument('[name]', 'an exercise, by its name or its number, or the file of one; without it, a list')
    .option('--rules <file>', 'run the rules of this file, and say what is right (-: standard input)', parseFile)
    .addOption(new Option('--hint <number>', 'show the hints up to this one').argParser(parseHint))
    .option('-v, --verbose', 'with --rules: explain every mistake, and draw every packet')
    .option('--start <file>', 'write the rules at the beginning to a new file', parseFile)
    .option('--submit <file>', 'write the rules to a new file, for the teacher', parseFile)
    .option('--student <name>', 'your name in that file (default: the login name)', parseName)
    .option('--collect <files...>', 'run what students have submitted, and print a table')
    .addHelpText('after', toHelpText(EXAMPLES))
    .action(async (name: string | undefined, options: ExerciseCommandOptions) => {
      const { exerciseCommand } = await import('../commands/exercise/exercise.js');
      setExitCode(await exerciseCommand(name, options, hasColors()));
    });

  program
    .command('tour')
    .description('see in five steps what loopfw shows: why a rejected client hangs, and when it does not')
    .addHelpText('after', toHelpText(TOUR_EXAMPLES))
    .action(async () => {
      const { tourCommand } = await import('../commands/tour/tour.js');
      setExitCode(await tourCommand(hasColors()));
    });
}

function parseHint(value: string): number {
  if (!/^[1-9]\d?$/.test(value)) {
    throw new InvalidArgumentError('Expected the number of a hint, from 1.');
  }
  return Number(value);
}

function parseFile(value: string): string {
  if (value === '') {
    throw new InvalidArgumentError('The name of a file is missing.');
  }
  return value;
}

function parseName(value: string): string {
  if (value.trim() === '' || value.length > 100) {
    throw new InvalidArgumentError('Expected a name of 1 to 100 characters.');
  }
  return value;
}
