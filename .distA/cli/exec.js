import { constants } from 'node:os';
import { runUnderFaults } from '../run/run-under-faults.js';
import { parseFault } from '../spec/parse-fault.js';
/** Those that a program may want to handle. Without a handler of ours SIGUSR1 would open Node's debugger. */
const SIGNALS = ['SIGINT', 'SIGQUIT', 'SIGTERM', 'SIGHUP', 'SIGUSR1', 'SIGUSR2'];
/** What a terminal's keys send to the whole process group, so to the program by itself. */
const KEYS = ['SIGINT', 'SIGQUIT'];
/** `loopfw exec`: the program's own exit code, or 128+n where signal n ended it. */
export async function execCommand([command = '', ...args], { fault }) {
    const faults = fault.map(parseFault);
    const env = Object.fromEntries(Object.entries(process.env).map(([name, value]) => [name, value ?? '']));
    const running = await runUnderFaults({ command, args, env }, faults);
    const release = passSignals(running);
    try {
        const { exitCode, signal, problem } = await running.ended;
        if (problem !== null) {
            process.stderr.write(`loopfw: ${problem}\n`);
        }
        return exitCode ?? (signal === null ? 1 : 128 + constants.signals[signal]);
    }
    finally {
        release();
    }
}
/** Ctrl-C in a terminal reaches the program by itself; what is sent to loopfw alone is passed on. Whoever insists, ends it all. */
function passSignals(running) {
    const isTerminals = process.stdin.isTTY || process.stdout.isTTY || process.stderr.isTTY;
    let count = 0;
    const onSignal = (signal) => {
        count += signal === 'SIGUSR1' || signal === 'SIGUSR2' ? 0 : 1;
        if (count > 2) {
            void running.end();
        }
        else if (!KEYS.includes(signal) || !isTerminals) {
            running.signal(signal);
        }
    };
    for (const signal of SIGNALS) {
        process.on(signal, onSignal);
    }
    return () => SIGNALS.forEach((signal) => process.off(signal, onSignal));
}
