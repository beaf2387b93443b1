/** @throws UsageError where both the scenarios and the rule set are to come from standard input */
export declare function assertReadOnce(paths: string[], ruleset: string | undefined): void;
