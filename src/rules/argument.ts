/** One word of a command line. `key` is the property of the rule object that the word comes from; null for a rule string. */
export interface Argument {
  text: string;
  key: string | null;
}
