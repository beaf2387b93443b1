import { promises as fs } from 'node:fs';
import { describeFileError } from './describe-file-error.js';
export const STDIN = '-';
/** The files that a path stands for: itself, or what a folder has of *.json and *.jsonc at any depth, sorted by path. */
export async function findScenarioFiles(path) {
    if (path === STDIN) {
        return [{ path, real: STDIN }];
    }
    const kind = await getKind(path);
    if ('problem' in kind) {
        return [kind];
    }
    if (!kind.isFolder) {
        return [kind];
    }
    const found = [];
    await searchFolder(kind, [], new Set(), found);
    if (found.length === 0) {
        return [{ path, problem: 'the folder has no *.json or *.jsonc file' }];
    }
    return found.sort((a, b) => (a.path < b.path ? -1 : 1));
}
async function searchFolder(folder, above, seen, found) {
    seen.add(folder.real);
    let names;
    try {
        names = await fs.readdir(folder.path);
    }
    catch (error) {
        found.push({ path: folder.path, problem: describeFileError(error) });
        return;
    }
    for (const name of names) {
        // an editor's lock file is a dangling link with a scenario's ending
        if (name.startsWith('.') || name === 'node_modules') {
            continue;
        }
        const kind = await getKind(`${folder.path}${folder.path.endsWith('/') ? '' : '/'}${name}`);
        if ('problem' in kind || !kind.isFolder) {
            if (/\.jsonc?$/.test(name)) {
                found.push(kind);
            }
        }
        else {
            await searchInner(kind, [...above, folder.real], seen, found);
        }
    }
}
/** A folder that was reached in two ways is searched once; one that is inside of itself is a mistake. */
async function searchInner(folder, above, seen, found) {
    if (above.includes(folder.real)) {
        found.push({ path: folder.path, problem: 'the folder is inside of itself, by a symbolic link' });
    }
    else if (!seen.has(folder.real)) {
        await searchFolder(folder, above, seen, found);
    }
}
/** What stands at a path. A fifo would be waited on for ever and a device may act when it is opened, so neither is touched. */
async function getKind(path) {
    try {
        const stats = await fs.stat(path);
        if (!stats.isFile() && !stats.isDirectory()) {
            return { path, problem: 'expected a file or a folder, found neither' };
        }
        return { path, real: await fs.realpath(path), isFolder: stats.isDirectory() };
    }
    catch (error) {
        return { path, problem: describeFileError(error) };
    }
}
