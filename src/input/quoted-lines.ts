import { resolve } from 'node:path';
import type { Diagnostic } from '../model/diagnostic.js';
import type { RulesetText } from './ruleset-files.js';

/**
 * Adds to each diagnostic the text of its line, if the text of its file is known. A file that is reached by a symbolic link is not quoted: the
 * author of a scenario could link to a private file of the user, and the line would be in a log that others read.
 */
export function addSources(diagnostics: Diagnostic[], texts: ReadonlyMap<string, RulesetText>): Diagnostic[] {
  const lines = new Map<string, string[]>();
  return diagnostics.map((diagnostic) => {
    const { file, line } = diagnostic;
    const content = texts.get(file);
    if (content === undefined || !('text' in content) || !isQuotable(file, content.real)) {
      return diagnostic;
    }
    const split = lines.get(file) ?? content.text.split(/\r\n|\r|\n/);
    lines.set(file, split);
    const source = split[line - 1];
    return source === undefined ? diagnostic : { ...diagnostic, source };
  });
}

function isQuotable(file: string, real: string | undefined): boolean {
  return real === undefined || real === resolve(file);
}
