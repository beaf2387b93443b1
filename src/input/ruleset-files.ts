import type { Position } from '../model/diagnostic.js';
import type { Backend } from '../model/result.js';
import type { NftText, Scenario } from '../model/scenario.js';

/** The text of a rule set file, or the reason why there is none. */
export type RulesetText =
  | {
      text: string;
      /** missing if it is no nft file with includes */
      included?: IncludedText;
      /** The real path of the file that was read; missing for a text that was given. */
      real?: string;
    }
  | { problem: string };

/** An nft file with the files that it includes. Each problem has its place in the file that it is about. */
export interface IncludedText {
  nft: NftText;
  /** The files that it includes, each once, in the order of reading. */
  files: { file: string; text: string }[];
  problems: (Position & { file: string; message: string })[];
}

/** Files that replace the scenarios' own rules, in the order of loading. */
export interface RulesetChoice {
  /** path: the path in messages. format: missing if the text tells it. */
  files: { path: string; content: RulesetText; format?: 'iptables-save' | 'iptables' }[];
  /** Whether the rule set is for this scenario. */
  isFor: (scenario: Pick<Scenario, 'name' | 'tags'>) => boolean;
}

/** Back ends that replace the scenarios' own. */
export interface BackendChoice {
  backends: Backend[];
  /** Whether the scenario will run. */
  isFor: RulesetChoice['isFor'];
}

/** The rule set files of one scenario file. */
export interface RulesetFiles {
  /** The texts by the path in `ruleset.file`. */
  texts: ReadonlyMap<string, RulesetText>;
  instead: RulesetChoice | null;
  chosen: BackendChoice | null;
}

/**
 * The reason why `ruleset.file` cannot be this path, or null. A scenario can come from another person, so it reads only files in its own
 * folder.
 */
export function getRulesetPathProblem(file: string): string | null {
  const found = file.startsWith('/') ? 'an absolute one' : file.split('/').includes('..') ? 'one with ..' : null;
  return found === null ? null : `expected a path inside the scenario's folder, found ${found}: copy the file into that folder`;
}

/** The path of a rule set file in messages: it starts with the scenario file's folder. */
export function getShownPath(scenarioFile: string, file: string): string {
  return `${scenarioFile.slice(0, scenarioFile.lastIndexOf('/') + 1)}${file}`;
}
