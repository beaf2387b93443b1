import { Argument, type Command } from 'commander';
import { getVersion } from '../../run/version.js';
import { toHelpText } from './help-text.js';

/** The commands that only print: version, schema, completion. */
export function addInformationCommands(program: Command, setExitCode: (code: number) => void): void {
  program
    .command('version')
    .description('print the version')
    .action(() => void process.stdout.write(`${getVersion()}\n`));

  program
    .command('schema')
    .description('print the JSON Schema of scenario files, with a description, the default and examples for every key')
    .addArgument(
      new Argument('[document]', 'scenario: what loopfw reads; result: what -r json writes; diff: what loopfw diff -r json writes')
        .choices(['scenario', 'result', 'diff'])
        .default('scenario'),
    )
    .addHelpText('after', toHelpText(SCHEMA_EXAMPLES))
    .action(async (document: 'scenario' | 'result' | 'diff') => {
      const { schemaCommand } = await import('../commands/schema.js');
      setExitCode(await schemaCommand(document));
    });

  program
    .command('completion')
    .description('print a script with which a shell completes commands, options and words by the Tab key')
    .addArgument(new Argument('<shell>').choices(['bash', 'zsh', 'fish']))
    .addHelpText('after', toHelpText(COMPLETION_EXAMPLES))
    .action(async (shell: 'bash' | 'zsh' | 'fish') => {
      const { completionCommand } = await import('../commands/completion.js');
      setExitCode(completionCommand(shell));
    });

  program
    .command('complete', { hidden: true })
    .argument('[words...]', 'the words of a command line, the last one unfinished')
    .action(async (words: string[]) => {
      const { completeCommand } = await import('../commands/completion.js');
      setExitCode(completeCommand(program, words));
    });
}

const SCHEMA_EXAMPLES = `
Examples:
  $ loopfw schema > scenario.schema.json
  $ loopfw schema | jq .definitions.probe.properties
  $ loopfw schema result
  $ loopfw schema diff`;

const COMPLETION_EXAMPLES = `
Examples:
  $ echo 'source <(loopfw completion bash)' >> ~/.bashrc
  $ loopfw completion zsh > "\${fpath[1]}/_loopfw"
  $ loopfw completion fish > ~/.config/fish/completions/loopfw.fish

loopfw must be in PATH, as after npm install --global.`;
