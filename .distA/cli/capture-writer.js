import { access, constants, mkdir } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { InternalError, UsageError } from '../errors.js';
import { countNoun } from '../report/count-noun.js';
import { makeHarmless } from '../report/make-harmless.js';
import { writeOwnWhole } from './write-whole.js';
/** A file's name has at most 255; its ending and writeOwnWhole()'s own need room too. */
const LONGEST_STEM_BYTES = 180;
const REASONS = {
    EACCES: 'permission denied',
    EEXIST: 'it is a file',
    ENOTDIR: 'a part of the path is no folder',
    EROFS: 'its file system is read-only',
};
/** Writes the packets of each scenario to a file of its own. */
export class CaptureWriter {
    #folder;
    #names = new Set();
    #files = [];
    #failure = null;
    constructor(folder) {
        this.#folder = folder;
    }
    /**
     * Makes the folder, if it is not there.
     * @throws UsageError where nothing can be written into it
     */
    static async make(folder) {
        if (folder === '') {
            throw new UsageError("--pcap: the folder's name is missing");
        }
        try {
            await mkdir(folder, { recursive: true });
            await access(folder, constants.W_OK | constants.X_OK);
        }
        catch (error) {
            throw new UsageError(`--pcap: nothing can be written into ${folder}: ${describe(error)}`);
        }
        return new CaptureWriter(folder);
    }
    /** Names the files of all runs, in their order: they may come in another. */
    expect(runs) {
        this.#files = runs.map(({ scenario: { name, file }, backend }) => join(this.#folder, this.#takeName({ file, name, backend })));
    }
    /**
     * What cannot be written does not end the run: assertWritten() tells.
     * @param place among those that were expected
     */
    async write({ pcap, isCut, missing }, place) {
        const file = this.#files[place];
        if (file === undefined) {
            throw new InternalError('packets came of a scenario that nobody has expected');
        }
        await writeOwnWhole(file, pcap).catch((error) => (this.#failure ??= error));
        if (isCut) {
            warn(`${file} ends before the last packet: it would be larger than 64 MiB`);
        }
        if (missing > 0) {
            warn(`${file} lacks ${countNoun(missing, 'packet')}, which came faster than they could be read`);
        }
    }
    /** @throws UsageError the first of what went wrong */
    assertWritten() {
        if (this.#failure !== null) {
            throw this.#failure;
        }
    }
    /** By file, scenario and back end; a number where two would have the same. */
    #takeName({ file, name, backend }) {
        const stem = toSlug(`${basename(file, extname(file))}-${name}`);
        for (let number = 1;; number++) {
            const own = `${[stem, ...(number === 1 ? [] : [number])].join('-')}.${backend}.pcap`;
            if (!this.#names.has(own)) {
                this.#names.add(own);
                return own;
            }
        }
    }
}
/** Letters and digits of any script, and single hyphens. */
function toSlug(text) {
    const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
    const bytes = Buffer.from(words.join('-')).subarray(0, LONGEST_STEM_BYTES);
    return bytes.toString().replace(/\uFFFD$/, ''); // a letter that was cut
}
function describe(error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    return REASONS[code] ?? code;
}
function warn(message) {
    process.stderr.write(`loopfw: ${makeHarmless(message)}\n`);
}
