import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { RuleResult } from '../../../model/result.js';
import type { WorldControl } from '../../../run/world/control/client.js';
import type { JourneyInWorld } from '../../../run/world/journey.js';
import { showJourneys } from '../../../report/world/journeys.js';
import { EXIT_CODES } from '../../output/exit-codes.js';
import { askWorld } from './ask.js';
import { type Listing, printList } from './listing.js';

export interface JourneysCommandOptions extends Listing {
  verbose?: boolean;
}

/** How often `loopfw trace` asks. A connection is shown when nothing of it has changed for so long. */
const PAUSE_MS = 150;

/** `loopfw journeys`: lists what became of the connections of programs in the world. Returns the exit code. */
export async function journeysCommand({ verbose = false, ...options }: JourneysCommandOptions, hasColors: boolean): Promise<number> {
  const { journeys, rules } = await askWorld('loopfw journeys', async (world) => {
    const journeys = await world.journeys();
    return { journeys, rules: verbose ? await readRules(world, journeys) : null };
  });
  const show = journeys.length === 0 ? () => 'no connections\n' : showJourneys;
  printList(journeys, (listed, screen) => show(listed, rules, screen), options, hasColors);
  return EXIT_CODES.passed;
}

/** `loopfw trace`: shows new connections with their packets, until Ctrl-C. Returns the exit code. */
export async function traceCommand(hasColors: boolean): Promise<number> {
  await askWorld('loopfw trace', async (world) => {
    const ended = new AbortController();
    void once(process, 'SIGINT').then(() => ended.abort());
    let next = ((await world.journeys()).at(-1)?.number ?? -1) + 1;
    let before = new Map<number, string>();
    while (!ended.signal.aborted) {
      const found = await world.journeys(next);
      const now = new Map(found.map((journey) => [journey.number, JSON.stringify(journey)]));
      // In their order: one that still changes holds back those that are later.
      const changing = found.findIndex(({ number }) => now.get(number) !== before.get(number));
      const settled = changing === -1 ? found : found.slice(0, changing);
      const rules = await readRules(world, settled);
      printList(settled, (listed, screen) => showJourneys(listed, rules, screen), { reporter: 'human' }, hasColors);
      next = (settled.at(-1)?.number ?? next - 1) + 1;
      before = now;
      await sleep(PAUSE_MS, undefined, { signal: ended.signal }).catch(() => {});
    }
  });
  return EXIT_CODES.passed;
}

/** The rules whose texts the packets of connections need. Where no rule has an index, the world is not asked: that would take over changes. */
async function readRules(world: WorldControl, journeys: JourneyInWorld[]): Promise<RuleResult[]> {
  const isNeeded = journeys.some(({ journey }) => journey.some(({ steps }) => steps.some(({ rule }) => rule !== null)));
  return isNeeded ? await world.rules() : [];
}
