/** What nft's words for NAT are; the kernel shows such a rule as one that accepts. `ct status dnat accept` only asks for what another did. */
const TRANSLATES = /^(?!.*\baccept\b).*\b(?:dnat|snat|masquerade|redirect)\b/;
const VERDICTS = {
    accept: 'accept',
    drop: 'drop',
    continue: 'continue',
    break: 'continue',
    jump: 'jump',
    goto: 'goto',
    return: 'return',
};
/** What a target does that is neither a user chain nor lets the packet go on in its chain (iptables-extensions(8)). */
const TARGET_VERDICTS = {
    ACCEPT: 'accept',
    DROP: 'drop',
    RETURN: 'return',
    SNAT: 'accept',
    DNAT: 'accept',
    MASQUERADE: 'accept',
    REDIRECT: 'accept',
    NETMAP: 'accept',
};
/** What an event says that a packet met at a hook; null for a rule of loopfw's own, and for what says nothing of itself. */
export function readStep(event, hook, rules) {
    // The legacy trace calls a rule without conditions that accepts, drops or returns a policy, or the end of the chain; its number tells.
    const indexed = rules.getRule(event);
    if (indexed !== null) {
        return readRule(event, indexed, hook, rules);
    }
    if (event.type === 'policy') {
        return readPolicy(event, hook, rules);
    }
    return event.type === 'return' ? readReturn(event, hook, rules) : null;
}
function readRule(event, { chain, rule }, hook, rules) {
    if (rule.entry === null) {
        return null;
    }
    const verdict = getVerdict(event, rule, rules);
    return {
        step: { hook, table: chain.table, chain: chain.name, rule: rule.entry, verdict },
        rule: { entry: rule.entry, table: chain.table, chain: chain.name, text: rule.text },
        passes: verdict !== 'accept' ? null : isTranslation(rule) ? 'translated' : 'accepted',
    };
}
function isTranslation({ target, text }) {
    return target === null ? TRANSLATES.test(text.replace(/"[^"]*"/g, '')) : target.name !== 'ACCEPT';
}
function getVerdict(event, { rejects, target }, rules) {
    if (rejects) {
        return 'reject';
    }
    if (event.verdict !== null) {
        return VERDICTS[event.verdict];
    }
    if (target === null) {
        return 'continue';
    }
    return TARGET_VERDICTS[target.name] ?? (rules.getChain(event, target.name) === null ? 'continue' : target.how);
}
function readPolicy(event, hook, rules) {
    const chain = rules.getChain(event, event.chain);
    if (chain?.isOwn) {
        return null;
    }
    const verdict = (event.verdict ?? chain?.policy?.verdict) === 'drop' ? 'drop' : 'accept';
    const entry = chain?.policy?.entry ?? null;
    const place = { table: event.table, chain: event.chain };
    return {
        step: { hook, ...place, rule: entry, verdict },
        rule: { entry, ...place, text: chain?.kind === 'nft' ? `policy ${verdict}` : `-P ${event.chain} ${verdict.toUpperCase()}` },
        passes: null,
    };
}
/** The end of a user chain. A built-in chain's end is told by its policy, which follows. */
function readReturn(event, hook, rules) {
    const chain = rules.getChain(event, event.chain);
    if (chain === null || chain.policy !== null) {
        return null;
    }
    const place = { table: event.table, chain: event.chain };
    return {
        step: { hook, ...place, rule: null, verdict: 'return' },
        rule: { entry: null, ...place, text: `end of ${event.chain}` },
        passes: null,
    };
}
