import type { Table } from '../model/rule.js';
import type { SaveLine } from './read-save-line.js';
export interface RulesetProblem {
    line: number;
    message: string;
}
/** Knows in which table a line stands, and what iptables-restore would say of the tables. */
export declare class SectionReader {
    #private;
    /**
     * The table that a line belongs to; null where that is none that loopfw has.
     * @throws RuleError where no such line may stand there
     */
    read(read: SaveLine, line: number): Table | null;
    /** What is only known at the end of the file. */
    finish(lastLine: number): RulesetProblem[];
}
