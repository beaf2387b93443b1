import type { ProbeResult, Status } from '../model/result.js';
/** What was seen in a cell of a truth table, in the words in which it was asked; a server with several ports makes a cell of several probes. */
export declare function describeCell(probes: ProbeResult[]): {
    text: string;
    status: Status;
};
