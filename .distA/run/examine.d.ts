import type { Examination } from '../model/examination.js';
/** Does all that a run does once, and says of each part whether it works. What is wrong with this machine is a finding, never an error. */
export declare function examine(): Promise<Examination>;
