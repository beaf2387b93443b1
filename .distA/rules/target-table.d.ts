import type { TargetExtension } from './extension.js';
/** Every target of the rule language that is not a chain. */
export declare const TARGETS: {
    ACCEPT: TargetExtension;
    CHECKSUM: TargetExtension;
    CLASSIFY: TargetExtension;
    CONNMARK: TargetExtension;
    CT: TargetExtension;
    DNAT: TargetExtension;
    DROP: TargetExtension;
    DSCP: TargetExtension;
    ECN: TargetExtension;
    HL: TargetExtension;
    LOG: TargetExtension;
    MARK: TargetExtension;
    MASQUERADE: TargetExtension;
    NETMAP: TargetExtension;
    NFLOG: TargetExtension;
    NOTRACK: TargetExtension;
    REDIRECT: TargetExtension;
    REJECT: TargetExtension;
    RETURN: TargetExtension;
    SNAT: TargetExtension;
    TCPMSS: TargetExtension;
    TOS: TargetExtension;
    TRACE: TargetExtension;
    TTL: TargetExtension;
};
export declare function getTarget(name: string): TargetExtension | null;
