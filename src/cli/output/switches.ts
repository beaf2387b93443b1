import { UsageError } from '../../model/errors.js';
import { quote } from '../../words/phrases.js';

/** The variables that turn an option on or off. commander is not asked for them: it would read LOOPFW_STRICT=0 as true. */
const SWITCHES = ['LOOPFW_ALLOW_COMMANDS', 'LOOPFW_BAIL', 'LOOPFW_NO_ADVICE', 'LOOPFW_QUIET', 'LOOPFW_STRICT', 'LOOPFW_WHY'] as const;

type Switch = (typeof SWITCHES)[number];

/**
 * Whether an option is given, or its variable is 1.
 * @param option undefined: the command line does not say
 */
export function isOn(option: boolean | undefined, variable: Switch): boolean {
  return option ?? process.env[variable] === '1';
}

/** Whether warnings count as failures. */
export function isStrict(option: boolean | undefined): boolean {
  return isOn(option, 'LOOPFW_STRICT');
}

/** Whether advice is tried before it is given. @param option false for --no-advice; commander sets true where it is not given */
export function triesAdvice(option: boolean | undefined): boolean {
  return (option ?? true) && !isOn(undefined, 'LOOPFW_NO_ADVICE');
}

/** Checks that each variable is 1 or 0, if it is set. @throws UsageError for another value */
export function assertSwitches(): void {
  for (const variable of SWITCHES) {
    const value = process.env[variable];
    if (value !== undefined && value !== '0' && value !== '1') {
      throw new UsageError(`${variable}: expected 1 or 0, found ${quote(value)}`);
    }
  }
}
