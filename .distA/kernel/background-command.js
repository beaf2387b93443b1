import { setTimeout as sleep } from 'node:timers/promises';
/** A program that runs while others do, with its process group. */
export class BackgroundCommand {
    #pid;
    stdout;
    stderr;
    /** How it ended, once it has; null while it runs. */
    end = null;
    ended;
    constructor(pid, child, stdout, stderr) {
        this.#pid = pid;
        this.stdout = stdout;
        this.stderr = stderr;
        // Its end, not that of its outputs: a program that it has left behind may hold those open.
        this.ended = new Promise((resolve) => {
            child.once('exit', (exitCode, signal) => {
                this.end = signal === null ? `exit code ${exitCode}` : `signal ${signal}`;
                resolve();
            });
        });
    }
    /** Ends its whole process group: asks with SIGTERM, and kills what is left when the program has ended or its time is over. */
    async stop(graceMs) {
        this.#kill('SIGTERM');
        await Promise.race([this.ended, sleep(graceMs, undefined, { ref: false })]);
        this.#kill('SIGKILL');
        await this.ended;
        this.stdout.destroy();
        this.stderr.destroy();
    }
    #kill(signal) {
        try {
            process.kill(-this.#pid, signal);
        }
        catch (error) {
            if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) {
                throw error;
            }
        }
    }
}
