import { CommanderError } from 'commander';
import { EnvironmentError, SpecError } from '../errors.js';
import { EXIT_CODES } from './exit-codes.js';
import { makeProgram } from './program.js';
/**
 * Runs the command line and gives the exit code. Standard output is for reports, standard error for everything else.
 * @param args what stands behind the program's name
 */
export async function main(args) {
    tolerateClosedPipes();
    forgetEmptyVariables();
    let exitCode = EXIT_CODES.passed;
    try {
        await makeProgram((code) => (exitCode = code)).parseAsync(args, { from: 'user' });
    }
    catch (error) {
        return await explainError(error);
    }
    return exitCode;
}
/** A reader that closes early (`| head`) is no error: what it does not want is not written. A full disk is one. */
function tolerateClosedPipes() {
    for (const stream of [process.stdout, process.stderr]) {
        stream.on('error', (error) => {
            if (error.code !== 'EPIPE') {
                process.exitCode = EXIT_CODES.internal;
                if (stream === process.stdout) {
                    process.stderr.write(`loopfw: cannot write to standard output: ${error.message}\n`);
                }
            }
        });
    }
}
/** A variable that is set to nothing is as good as unset. */
function forgetEmptyVariables() {
    for (const [name, value] of Object.entries(process.env)) {
        if (name.startsWith('LOOPFW_') && value === '') {
            Reflect.deleteProperty(process.env, name);
        }
    }
}
async function explainError(error) {
    if (error instanceof CommanderError) {
        return error.exitCode === 0 ? EXIT_CODES.passed : EXIT_CODES.usage; // commander has said what is wrong
    }
    if (error instanceof SpecError) {
        const { printDiagnostic } = await import('../report/print-diagnostic.js');
        process.stderr.write(`${error.diagnostics.map(printDiagnostic).join('\n')}\n${error.message}\n`);
        return EXIT_CODES.usage;
    }
    if (error instanceof Error && 'code' in error && typeof error.code === 'string' && error.code in EXIT_CODES) {
        const remedies = error instanceof EnvironmentError ? error.remedies : [];
        process.stderr.write(`loopfw: ${[error.message, ...remedies.map((remedy) => `remedy: ${remedy}`)].join('\n  ')}\n`);
        return EXIT_CODES[error.code];
    }
    process.stderr.write(`loopfw: internal error: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    return EXIT_CODES.internal;
}
