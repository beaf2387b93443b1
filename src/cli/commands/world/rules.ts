import { getShownName } from '../../../input/files/read.js';
import { readRuleset } from '../../../input/files/rulesets.js';
import { UsageError } from '../../../model/errors.js';
import { showRules } from '../../../report/world/rules.js';
import { EXIT_CODES } from '../../output/exit-codes.js';
import { askWorld } from './ask.js';
import { type Listing, printList } from './listing.js';

export interface RulesCommandOptions extends Listing {
  rule?: string[];
  ruleset?: string[];
}

/** `loopfw rules`: lists the rules of the world with their counters, or replaces all of them. Returns the exit code. */
export async function rulesCommand({ rule, ruleset, ...options }: RulesCommandOptions, hasColors: boolean): Promise<number> {
  if (rule !== undefined) {
    await askWorld(`loopfw rules ${rule.map((text) => `--rule "${text}"`).join(' ')}`, (world) => world.apply(rule));
  } else if (ruleset !== undefined) {
    const files = await Promise.all(ruleset.map(readFile));
    await askWorld(`loopfw rules --ruleset ${ruleset.join(' --ruleset ')}`, (world) => world.applyFiles(files));
  } else {
    printList(await askWorld('loopfw rules', (world) => world.rules()), showRules, options, hasColors);
  }
  return EXIT_CODES.passed;
}

/** @throws UsageError for a file that cannot be read, or one that includes others */
async function readFile(path: string): Promise<{ file: string; text: string }> {
  const file = getShownName(path);
  const content = await readRuleset(path);
  if ('problem' in content) {
    throw new UsageError(`${file}: ${content.problem}`);
  }
  if (content.included !== undefined && content.included.files.length > 0) {
    throw new UsageError(`${file}: a world takes no file that includes others: nft list ruleset prints all of it as one`);
  }
  return { file, text: content.text };
}
