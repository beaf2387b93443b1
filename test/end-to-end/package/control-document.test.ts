// The examples of docs/control.md, in the world that it names.
import t from 'tap';
import { loopfw } from '../../support/loopfw.js';
import { getBlocks, readDocument } from '../../support/markdown.js';

const blocks = getBlocks(readDocument('docs/control.md'));
const world = blocks.find(({ title }) => title === 'world.json')?.text ?? '';
const examples = blocks.flatMap(({ language, heading, text }, place) =>
  language === 'sh' ? [{ heading, script: text, printed: blocks[place + 1]?.text }] : [],
);

for (const ordinary of [false, true]) {
  t.test(`the examples of docs/control.md, for ${ordinary ? 'an ordinary user' : 'the caller'}`, async (t) => {
    t.equal(examples.length, 3);
    for (const { heading, script, printed } of examples) {
      const { stdout } = await loopfw(['exec', '-', '--', 'sh', '-c', script], { input: world, ordinary });
      t.equal(stdout, printed, heading);
    }
  });
}
