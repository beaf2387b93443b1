import type { Family } from '../model/rule.js';
import type { ArgumentReader } from './argument-reader.js';
import type { DraftExtension } from './draft.js';
import type { OptionRow, ValueParser } from './extension.js';
import { RuleError } from './rule-error.js';

/**
 * Reads the values of one option of a match or target, in canonical form.
 *
 * @param attached the first value, if it was written as --flag=value
 * @throws RuleError for a wrong value, or an option that the rule may not have
 */
export function readExtensionOption(
  extension: DraftExtension,
  option: OptionRow,
  negated: boolean,
  attached: string | null,
  reader: ArgumentReader,
  family: Family,
): void {
  const { flag } = option;
  if (negated && !option.negatable) {
    throw new RuleError(`${flag} cannot be negated`);
  }
  if (attached !== null && option.values.length === 0) {
    throw new RuleError(`${flag} takes no value`);
  }
  const values: string[] = [];
  for (const parse of option.values) {
    const text = values.length === 0 && attached !== null ? attached : reader.value(flag);
    if (text === '!' && option.negatable) {
      throw new RuleError(`put the ! before ${flag}`);
    }
    values.push(parseValue(flag, text, parse, family));
  }
  const meant = option.standsFor ?? { flag, values };
  if (extension.options.some((given) => given.flag === meant.flag)) {
    throw new RuleError(`${meant.flag} is given twice${meant.flag === flag ? '' : ` (${flag} stands for it)`}`);
  }
  extension.options.push({ flag: meant.flag, values: meant.values, negated });
  assertNoAlternative(extension, meant.flag);
  if (extension.options.length > extension.row.most) {
    throw new RuleError(`${extension.options.map((given) => given.flag).join(' and ')} cannot stand in one ${extension.name}`);
  }
}

function assertNoAlternative({ name, row, options }: DraftExtension, flag: string): void {
  if (row.alternatives === undefined) {
    return;
  }
  const excluded = row.alternatives.filter((set) => set.includes(flag)).flat();
  const other = options.find((given) => given.flag !== flag && excluded.includes(given.flag));
  if (other !== undefined) {
    throw new RuleError(`${other.flag} and ${flag} cannot stand in one ${name}`);
  }
}

function parseValue(flag: string, text: string, parse: ValueParser, family: Family): string {
  try {
    return parse(text, family);
  } catch (error) {
    if (error instanceof RuleError) {
      error.message = `${flag}: ${error.message}`;
    }
    throw error;
  }
}
