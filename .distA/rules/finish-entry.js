import { assertProtocol } from './assert-protocol.js';
import { getExtensions } from './draft.js';
import { findOptionOf } from './option-of.js';
import { OTHER_TARGETS } from './refused-extensions.js';
import { RuleError } from './rule-error.js';
import { getTarget } from './target-table.js';
import { toArguments } from './to-arguments.js';
import { withKey } from './with-key.js';
/** With more matches the kernel has no space for the rule (ENOSPC at 40 of conntrack). */
const MOST_MATCHES = 16;
/** iptables-restore reads 255 arguments a line. */
const MOST_ARGUMENTS = 240;
/** Two lists of addresses are multiplied. */
const MOST_RULES = 1024;
/** Checks what can only be known at the end, and expands lists of addresses as iptables does. */
export function finishEntry(draft) {
    const { family, command } = draft;
    if (command === null) {
        throw new RuleError('no command: begin with -A CHAIN, -I CHAIN, -P CHAIN or -N CHAIN');
    }
    const place = { family, table: draft.table ?? 'filter', chain: command.chain };
    if (command.kind === 'policy' || command.kind === 'new-chain') {
        assertBare(draft);
        if (command.kind === 'policy') {
            return { ...place, kind: 'policy', policy: command.policy };
        }
        if (getTarget(command.chain) !== null || OTHER_TARGETS.includes(command.chain)) {
            throw new RuleError(`a chain cannot be called ${command.chain}: that is a target`);
        }
        return { ...place, kind: 'new-chain' };
    }
    for (const extension of getExtensions(draft)) {
        assertComplete(extension);
        assertProtocol(draft, extension);
    }
    const rules = expand(draft);
    if (command.kind === 'append') {
        return { ...place, kind: 'append', rules };
    }
    return { ...place, kind: 'insert', position: command.position, rules };
}
function assertBare({ given, command }) {
    const extra = [...given].find((short) => !['-A', '-I', '-P', '-N', '-t', '-w', '-v', '-4', '-6'].includes(short));
    if (extra !== undefined) {
        throw new RuleError(`${extra} does not go with ${command?.kind === 'policy' ? '-P' : '-N'}`);
    }
}
function assertComplete({ name, row, options, key }) {
    if (options.length < row.least) {
        throw new RuleError(`${name} needs ${row.options.length > 1 ? 'one of ' : ''}${row.options.map(({ flag }) => flag).join(', ')}`, key);
    }
}
function expand(draft) {
    const { sources, destinations, inInterface, outInterface, protocol } = draft;
    if (sources.length * destinations.length > MOST_RULES) {
        throw new RuleError(`the lists of -s and -d make ${sources.length * destinations.length} rules: at most ${MOST_RULES}`);
    }
    if (sources.length * destinations.length > 1 && [...sources, ...destinations].some((address) => address?.negated)) {
        throw new RuleError('! before an address does not go with a list of addresses: iptables refuses it');
    }
    if (draft.matches.length > MOST_MATCHES) {
        throw new RuleError(`${draft.matches.length} matches in one rule: at most ${MOST_MATCHES}`);
    }
    const matches = draft.matches.map((match) => ({
        name: match.name,
        options: finishOptions(match, draft),
    }));
    const target = finishTarget(draft);
    const rest = { inInterface, outInterface, protocol, matches, target };
    const count = toArguments({ source: sources[0] ?? null, destination: destinations[0] ?? null, ...rest }).length;
    if (count > MOST_ARGUMENTS) {
        throw new RuleError(`the rule has ${count} arguments: at most ${MOST_ARGUMENTS} fit`);
    }
    return sources.flatMap((source) => destinations.map((destination) => ({ source, destination, ...rest })));
}
function finishTarget(draft) {
    const { target } = draft;
    if (target === null) {
        return null;
    }
    const { how, name, extension } = target;
    return { how, name, options: extension === null ? [] : finishOptions(extension, draft) };
}
/** The order and the spelling of iptables-save. */
function finishOptions(extension, { protocol, family }) {
    const { row, key } = extension;
    return withKey(key, () => {
        const simplified = extension.options.map((option) => {
            const simplify = findOptionOf(row, option.flag)?.simplify;
            return simplify === undefined ? option : simplify(option, family);
        });
        const given = simplified.filter((option) => option !== null);
        const options = row.complete?.(given, family) ?? given;
        row.assertFits?.(options, { protocol, family });
        return row.options.flatMap(({ flag }) => options.filter((option) => option.flag === flag));
    });
}
