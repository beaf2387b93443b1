import { SessionClient } from './session-client.js';
/** A live sandbox. */
export interface Sandbox {
    /** Whether it was made in a user namespace, without privilege. */
    rootless: boolean;
    session: SessionClient;
    /** Ends it and everything in it. Requests under way are rejected with `reason`. */
    end(reason?: Error): Promise<void>;
}
export interface LaunchOptions {
    /** Whether the sandbox gets the caller's terminal, for a program to run there: descriptors 0 to 2, and the process group. */
    terminal?: boolean;
    /** Gives up before the sandbox is ready. */
    signal?: AbortSignal | undefined;
}
/** Starts the sandbox and gives it when it is ready. @throws as `ready` of startSandbox does */
export declare function launchSandbox(options?: LaunchOptions): Promise<Sandbox>;
/**
 * Starts the sandbox: PID 1 of a new pid and network namespace, and of a user namespace where the caller is not root. The session's
 * descriptor is its lifeline; `setpriv --pdeathsig` and `unshare --kill-child` are belts for an inside that is stuck.
 *
 * It resolves when the processes are on their way: what the caller does next goes on beside them.
 * @returns `ready` rejects with an EnvironmentError, with remedies, where this machine does not allow it, and with an InternalError where the
 * sandbox died
 * @throws EnvironmentError where a command that it takes is not installed
 */
export declare function startSandbox({ terminal, signal }?: LaunchOptions): Promise<{
    ready: Promise<Sandbox>;
}>;
