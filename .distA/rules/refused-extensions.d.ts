/** The targets that iptables has and loopfw does not: no chain can have such a name. */
export declare const OTHER_TARGETS: string[];
export declare const OTHER_MATCHES: string[];
/** @throws RuleError with the reason, if iptables has such a target and loopfw does not */
export declare function assertNotRefusedTarget(name: string): void;
export declare function assertNotRefusedMatch(name: string): void;
export declare function assertNotRefusedOption(flag: string): void;
