import type { Capability, CommandSet } from '../model/examination.js';
import type { Host } from '../sandbox/examine-host.js';
import type { SessionClient } from '../sandbox/session-client.js';
/** One thing to try in the sandbox. */
export interface Step {
    capability: Capability;
    needed: boolean;
    /** The commands without which it need not be tried. */
    commands: CommandSet | null;
    remedies: string[];
    /** Does it, and says what came of it; throws where it does not work. */
    work: (session: SessionClient) => Promise<string>;
}
/** All that a run does inside, a part at a time, in the order in which the one needs the other. */
export declare function listSteps(host: Host): Step[];
