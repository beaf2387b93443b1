import { CommanderError } from 'commander';
import { CommandError, InternalError, SpecError } from '../model/errors.js';
import { EXIT_CODES } from './output/exit-codes.js';
import { addImpliedRun } from './program/implied-run.js';
import { makeProgram } from './program/program.js';

/**
 * Runs the command line and returns the exit code. Standard output is for reports, standard error for everything else.
 * @param args the arguments after the program's name
 */
export async function main(args: string[]): Promise<number> {
  tolerateClosedPipes();
  forgetEmptyVariables();
  // Without this handler Node.js would exit with 1, the code of a scenario that failed.
  process.once('uncaughtException', (error) => void explainError(error).then((code) => process.exit(code)));
  let exitCode: number = EXIT_CODES.passed;
  try {
    const program = makeProgram((code) => (exitCode = code));
    const commands = ['help', ...program.commands.map((command) => command.name())];
    await program.parseAsync(addImpliedRun(args, commands), { from: 'user' });
  } catch (error) {
    return await explainError(error);
  }
  return exitCode;
}

/** Ignores EPIPE: a reader that closes early (`| head`) is no error. Other write errors set the exit code. */
function tolerateClosedPipes(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') {
        // for example a full disk: the environment is at fault
        process.exitCode = EXIT_CODES.environment;
        if (stream === process.stdout) {
          process.stderr.write(`loopfw: cannot write to standard output: ${error.message}\n`);
        }
      }
    });
  }
}

/** Removes empty LOOPFW_ variables: an empty variable counts as unset. */
function forgetEmptyVariables(): void {
  for (const [name, value] of Object.entries(process.env)) {
    if (name.startsWith('LOOPFW_') && value === '') {
      Reflect.deleteProperty(process.env, name);
    }
  }
}

async function explainError(error: unknown): Promise<number> {
  if (error instanceof CommanderError) {
    return error.exitCode === 0 ? EXIT_CODES.passed : EXIT_CODES.usage; // commander has printed the error
  }
  if (error instanceof SpecError) {
    const { printDiagnostic } = await import('../report/shared/diagnostics.js');
    const { printCodeFrame } = await import('../report/shared/code-frame.js');
    const printed = error.diagnostics.map((diagnostic) => `${printDiagnostic(diagnostic)}\n${printCodeFrame(diagnostic)}`);
    process.stderr.write(`${printed.join('')}${error.summary}\n`);
    return EXIT_CODES[error.code];
  }
  const { toFailure } = await import('../sandbox/wire.js');
  const { makeHarmless } = await import('../words/harmless.js');
  const { code, message, remedies } = toFailure(error);
  if (code !== 'internal' || error instanceof InternalError || error instanceof CommandError) {
    const lines = [message, ...remedies.map((remedy) => `remedy: ${remedy}`)].join('\n  ').split('\n');
    process.stderr.write(`loopfw: ${lines.map(makeHarmless).join('\n')}\n`);
    return EXIT_CODES[code];
  }
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`loopfw: internal error: ${text.split('\n').map(makeHarmless).join('\n')}\n`);
  return EXIT_CODES[code];
}
