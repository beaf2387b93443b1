import { access, constants } from 'node:fs/promises';
import { dirname } from 'node:path';
import { UsageError } from '../errors.js';
import { REPORTERS } from '../report/reporters.js';
import { writeWhole } from './write-whole.js';
/** Before a long run: that its reports can be written. @throws UsageError */
export async function assertWritable(requests) {
    for (const { file } of requests) {
        const folder = dirname(file ?? '.');
        await access(folder, constants.W_OK | constants.X_OK).catch(() => {
            if (file !== null && !file.startsWith('/dev/')) {
                throw new UsageError(`cannot write ${file}: the folder ${folder} is not there or may not be written to`);
            }
        });
    }
}
/** Writes each report to standard output or to its file; one that fails does not take the others with it. */
export async function writeReports(result, requests, hasColors) {
    const tapVersion = process.env['TAP_VERSION'] === '13' ? 13 : 14;
    const failures = [];
    for (const { name, file } of requests) {
        const text = REPORTERS[name](result, { color: file === null && hasColors, tapVersion });
        if (file === null) {
            process.stdout.write(text);
        }
        else {
            await writeWhole(file, text).catch((error) => failures.push(error));
        }
    }
    if (failures.length > 0) {
        throw failures[0];
    }
}
