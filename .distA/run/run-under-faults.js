import { makeFaultFirewalls } from '../plan/make-fault-plan.js';
import { launchSandbox } from '../sandbox/launch.js';
/** Runs a program in a world of its own, with the caller's terminal, where some connections fail as the faults say. */
export async function runUnderFaults(program, faults) {
    const firewalls = makeFaultFirewalls(faults);
    const sandbox = await launchSandbox({ terminal: true });
    const { session } = sandbox;
    const run = async () => {
        try {
            await session.request({ type: 'open', world: null, servers: [] });
            await session.request({ type: 'apply', firewalls });
            return await session.request({ type: 'exec', program });
        }
        finally {
            await sandbox.end();
        }
    };
    return { ended: run(), signal: (signal) => session.signal(signal), end: () => sandbox.end() };
}
