import { findNftLines } from '../rules/find-nft-lines.js';
/** As ruleName in schema/scenario.json. */
const NAME = /^(?=.{1,100}$)[0-9]*[A-Za-z_][A-Za-z0-9_.-]*$/;
/**
 * The rules of a native rule set as the kernel holds them, with the lines of the file that they come from. A rule is called by its
 * comment, where that can be a name and is one rule's alone.
 */
export function listNftRules({ chains }, file) {
    const rules = chains.flatMap((chain) => chain.rules).filter(({ index }) => index !== null);
    const comments = rules.map(({ comment }) => comment);
    const lines = findNftLines(file, rules.map(({ text }) => text));
    return rules.map(({ index, comment, text }, place) => ({
        index,
        name: isName(comment) && comments.filter((other) => other === comment).length === 1 ? comment : null,
        text,
        line: lines[place] ?? null,
        entries: [],
    }));
}
function isName(comment) {
    return comment !== null && NAME.test(comment);
}
