import { isDeepStrictEqual } from 'node:util';
import { addProbe, addProbeToText } from '../../../input/drafts/added-probe.js';
import { parseJson } from '../../../input/json/parse.js';
import { UsageError } from '../../../model/errors.js';
import { quote } from '../../../report/human/again.js';
import type { Additions } from '../../../run/insight/mutate/additions.js';
import { makeHarmless } from '../../../words/harmless.js';
import { printInlineJson } from '../../../words/inline-json.js';
import { countNoun } from '../../../words/phrases.js';
import { rewriteWhole } from '../../output/files.js';
import { readAgain } from '../run/update/text.js';

/** Writes probes into the scenario files. Comments and layout stay. Nothing is written into a file that has changed since it was read. */
export async function writeProbes(all: Additions[]): Promise<void> {
  const files = [...new Set(all.map(({ source }) => source.file))];
  for (const file of files) {
    const own = all.filter(({ source }) => source.file === file);
    const count = own.reduce((sum, { added }) => sum + added.length, 0);
    own
      .flatMap(({ refused }) => refused)
      .forEach(({ probe }) => say(`not added to ${file}: ${printInlineJson(probe)} does not pass behind the probes that are there`));
    if (count > 0) {
      await write(file, own);
      say(`${file}: ${countNoun(count, 'probe')} added; run it: loopfw run ${quote(file)}`);
    }
  }
}

async function write(file: string, own: Additions[]): Promise<void> {
  const now = await readAgain(file);
  const known = 'problem' in now ? null : parseJson(now.text);
  if ('problem' in now || known === null || 'message' in known) {
    throw new UsageError(makeHarmless(`cannot write ${file}: ${'problem' in now ? now.problem : 'it has changed since it was read'}`));
  }
  const isList = Array.isArray(known.value);
  const values: unknown[] = isList ? (known.value as unknown[]) : [known.value];
  let text = now.text;
  for (const { source, added } of own) {
    const place = values.findIndex((value) => isDeepStrictEqual(value, source.value));
    if (place < 0) {
      throw new UsageError(makeHarmless(`cannot write ${file}: it has changed since it was read`));
    }
    text = added.reduce((edited, each) => addProbeToText(edited, isList ? [place] : [], each), text);
    values[place] = added.reduce(addProbe, source.value);
  }
  const written = parseJson(text);
  if ('message' in written || !isDeepStrictEqual(written.value, isList ? values : values[0])) {
    throw new UsageError(makeHarmless(`cannot write ${file}: its layout is unusual; add the probes by hand`));
  }
  await rewriteWhole(file, `${now.mark}${text}`, now.stats);
}

function say(line: string): void {
  process.stderr.write(`loopfw: ${makeHarmless(line)}\n`);
}
