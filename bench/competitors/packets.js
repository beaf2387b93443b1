// Sorts the packets of a rule set, and of the same rule set without its last rule, by what loopfw's evaluator says of them. Prints how long that
// took. way: in groups, as loopfw does it, or each by itself.
import { readFileSync } from 'node:fs';
import { DRAFT_BASE, draftComparison } from '../../build/input/drafts/compared/comparison.js';
import { predict } from '../../build/predict/predict.js';
import { readRules } from '../../build/predict/scenario.js';
import { KindSorter } from '../../build/run/insight/diff/kinds.js';
import { listPackets } from '../../build/run/insight/diff/packets.js';
import { readSide } from '../../build/run/insight/rule-sets.js';
import { Worlds } from '../../build/run/insight/diff/worlds.js';

const [file, way, most] = process.argv.slice(2);
const text = readFileSync(file, 'utf8');
const lines = text.split('\n');
const without = lines.toSpliced(
  lines.findLastIndex((line) => line.startsWith('-A')),
  1,
);
const sides = [text, without.join('\n')].map((content) => readSide([{ path: file, content: { text: content } }], DRAFT_BASE));
const [before, after] = sides.map(({ ruleSet }) => readRules(ruleSet.rules, 'nft'));
const compared = draftComparison(
  sides.map(({ ruleSet }) => ruleSet),
  new Map(),
);
const lists = compared.families.map((family) => listPackets(compared, family, [before[family], after[family]]));

const started = performance.now();
const packets = way === 'groups' ? sortInGroups() : askEach();
process.stdout.write(JSON.stringify({ ms: performance.now() - started, packets }));

function sortInGroups() {
  const sorter = new KindSorter(compared, { before, after });
  lists.forEach((list) => sorter.add(list, Number(most)));
  return sorter.packets;
}

function askEach() {
  const worlds = new Worlds(compared);
  let asked = 0;
  for (const list of lists) {
    for (let place = 0; place < list.count; place += Math.max(1, (list.count * lists.length) / Number(most))) {
      const packet = list.get(Math.floor(place));
      const shape = worlds.find(worlds.describeEnds(packet), worlds.describeKind(packet), packet);
      if (shape !== null) {
        const probe = shape.makeProbe(packet);
        const network = shape.makeNetwork(packet, probe);
        [before, after].forEach((ruleSets) => predict({ ruleSets, network, probe, isFresh: true, clock: null }));
        asked++;
      }
    }
  }
  return asked;
}
