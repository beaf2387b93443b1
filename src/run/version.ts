import { readFileSync } from 'node:fs';

/** The version of loopfw in its package.json. */
export function getVersion(): string {
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { version: string };
  return version;
}
