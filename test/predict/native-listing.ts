// What nft itself lists of native rules, from a network namespace that has nothing else.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Json } from '../../src/predict/native/json.js';
import { run } from '../support/loopfw.js';

/**
 * Lists the rules of each text, by the text. A text that cannot be loaded there has none.
 * @param interfaces that the rules name
 */
export async function listNative(texts: string[], interfaces: string[] = []): Promise<Map<string, Json>> {
  const folder = mkdtempSync(join(tmpdir(), 'loopfw-listing-'));
  try {
    const script = [
      'PATH=$PATH:/usr/sbin:/sbin',
      ...interfaces.map((name) => `ip link add '${name}' type dummy`),
      ...texts.map((_, place) => `nft -f ${place}.nft && nft -j -n list ruleset > ${place}.json`),
    ];
    texts.forEach((text, place) => writeFileSync(join(folder, `${place}.nft`), `flush ruleset; ${text}\n`));
    const user = process.getuid?.() === 0 ? [] : ['--user', '--map-root-user'];
    await run('unshare', ['--net', ...user, 'sh'], { cwd: folder, input: script.join('\n') });
    return new Map(texts.flatMap((text, place) => readListing(text, join(folder, `${place}.json`))));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function readListing(text: string, path: string): [string, Json][] {
  try {
    return [[text, JSON.parse(readFileSync(path, 'utf8')) as Json]];
  } catch {
    return [];
  }
}
