const LIMIT = 1 << 16;
/** The end of what a program writes, of all its outputs as they come, and whether a text was in it. */
export class OutputTail {
    #wanted;
    #bytes = Buffer.alloc(0);
    hasWanted = false;
    constructor(streams, wanted) {
        this.#wanted = wanted;
        for (const stream of streams) {
            stream.on('data', (chunk) => this.#add(chunk));
        }
    }
    #add(chunk) {
        const bytes = Buffer.concat([this.#bytes, chunk]);
        this.hasWanted ||= this.#wanted !== null && bytes.includes(this.#wanted);
        this.#bytes = bytes.subarray(-LIMIT);
    }
    /** The last of its lines that are not empty. */
    getLastLines(count) {
        return this.#bytes
            .toString()
            .split(/\r?\n/)
            .filter((line) => line.trim() !== '')
            .slice(-count);
    }
}
