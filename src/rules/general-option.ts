import type { ArgumentReader } from './argument-reader.js';
import type { Draft } from './draft.js';

/** An option of iptables itself (iptables(8)), not of a match or target. */
export interface GeneralOption {
  short: string;
  long: string[];
  negatable?: true;
  /** Whether it may be given more than once. */
  repeatable?: true;
  /** Reads the values of the option. A string is the reason why the option is refused. */
  read: string | ((draft: Draft, reader: ArgumentReader, negated: boolean) => void);
}
