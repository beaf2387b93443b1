import { readFileSync } from 'node:fs';
/** loopfw's version, from its package.json. */
export function getVersion() {
    const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
    return version;
}
