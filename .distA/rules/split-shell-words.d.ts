/**
 * The words of a command line, quoted as for a shell: '…', "…" and backslash.
 *
 * @throws RuleError for anything that a shell would act on: a rule is arguments, not a shell command
 */
export declare function splitShellWords(text: string): string[];
