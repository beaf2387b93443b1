import { chmod, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { UsageError } from '../errors.js';
/**
 * Writes a file whole or not at all: beside its place first, then into it. What a link names stays named by it; a pipe or a device
 * is written to and never replaced.
 */
export async function writeWhole(file, content) {
    try {
        const target = await realpath(file).catch(() => file);
        const known = await stat(target).catch(() => null);
        if (known !== null && !known.isFile()) {
            await writeFile(target, content);
        }
        else {
            await replace(target, content, known?.mode ?? null);
        }
    }
    catch (error) {
        throw new UsageError(`cannot write ${file}: ${error instanceof Error ? error.message : String(error)}`);
    }
}
/** The same for a name of loopfw's own: in a folder where others may write, a link of that name is theirs, and it is replaced. */
export async function writeOwnWhole(file, content) {
    try {
        await replace(file, content, null);
    }
    catch (error) {
        throw new UsageError(`cannot write ${file}: ${error instanceof Error ? error.message : String(error)}`);
    }
}
async function replace(target, content, mode) {
    const beside = `${target}.${process.pid}.tmp`;
    try {
        await writeFile(beside, content, { flag: 'wx' });
        if (mode !== null) {
            await chmod(beside, mode & 0o7777);
        }
        await rename(beside, target);
    }
    catch (error) {
        await rm(beside, { force: true });
        throw error;
    }
}
