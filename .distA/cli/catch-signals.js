import { constants } from 'node:os';
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];
/** Makes the first signal an orderly end, with a report; the second ends the program at once, and the sandbox with it. */
export function catchSignals() {
    const controller = new AbortController();
    let exitCode = 0;
    const onSignal = (signal) => {
        if (exitCode !== 0) {
            process.exit(exitCode);
        }
        exitCode = 128 + constants.signals[signal];
        controller.abort();
        process.stdin.destroy(); // what is read from it would keep the program alive
    };
    for (const signal of SIGNALS) {
        process.on(signal, onSignal);
    }
    return {
        aborted: controller.signal,
        getExitCode: () => exitCode,
        release: () => SIGNALS.forEach((signal) => process.off(signal, onSignal)),
    };
}
