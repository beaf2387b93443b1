import { closeSync } from 'node:fs';
import { enterNetworkNamespace } from './network-namespace.js';
/** What a shell says of a command that it cannot find, and of one that it may not run. */
const NOT_FOUND = 127;
const NOT_EXECUTABLE = 126;
/**
 * Moves the calling thread into a network namespace for good and starts a program there, with this thread's privileges and this
 * process's standard input and outputs.
 */
export async function runProgram(program, namespace, ledger) {
    const { execa } = await import('execa');
    enterNetworkNamespace(namespace);
    closeSync(namespace);
    const child = ledger.register(() => execa(program.command, program.args, {
        stdio: 'inherit',
        env: program.env,
        extendEnv: false,
        buffer: false,
        reject: false,
        cleanup: false,
    }));
    const ended = child.then(({ exitCode, signal, code }) => {
        if (child.pid !== undefined) {
            ledger.release(child.pid);
        }
        if (exitCode === undefined && signal === undefined) {
            const isMissing = code === 'ENOENT';
            const problem = `${program.command}: ${isMissing ? 'command not found' : `cannot be run (${code ?? 'unknown error'})`}`;
            return { exitCode: isMissing ? NOT_FOUND : NOT_EXECUTABLE, signal: null, problem };
        }
        return { exitCode: exitCode ?? null, signal: signal ?? null, problem: null };
    });
    return { ended, kill: (signal) => void child.kill(signal) };
}
