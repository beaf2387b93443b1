import type { Capture } from '../model/capture.js';
import type { Run } from '../run/list-runs.js';
/** Writes the packets of each scenario to a file of its own. */
export declare class CaptureWriter {
    #private;
    private constructor();
    /**
     * Makes the folder, if it is not there.
     * @throws UsageError where nothing can be written into it
     */
    static make(folder: string): Promise<CaptureWriter>;
    /** Names the files of all runs, in their order: they may come in another. */
    expect(runs: Run[]): void;
    /**
     * What cannot be written does not end the run: assertWritten() tells.
     * @param place among those that were expected
     */
    write({ pcap, isCut, missing }: Capture, place: number): Promise<void>;
    /** @throws UsageError the first of what went wrong */
    assertWritten(): void;
}
