const COMMANDS = ['add', 'create', 'destroy', 'delete'];
const OBJECTS = ['table', 'chain', 'set', 'map', 'flowtable', 'counter', 'quota', 'limit', 'ct', 'synproxy', 'secmark'];
/** Cuts an nft file into statements. A brace that nothing opened or closed is for nft to complain of. */
export function splitNftStatements(tokens) {
    const statements = [];
    const blocks = [];
    let [current, braces] = [[], 0];
    const getContext = () => blocks.at(-1) ?? 'file';
    const finish = () => {
        if (current.length > 0) {
            statements.push({ context: getContext(), tokens: current });
        }
        [current, braces] = [[], 0];
    };
    for (const token of tokens) {
        const opened = token.kind === '{' && braces === 0 ? getBlock(current, getContext()) : null;
        if (opened !== null) {
            finish();
            blocks.push(opened);
        }
        else if (token.kind === '}' && braces === 0) {
            finish();
            blocks.pop();
        }
        else if (token.kind !== 'end') {
            braces += token.kind === '{' ? 1 : token.kind === '}' ? -1 : 0;
            current.push(token);
        }
        else if (braces === 0) {
            finish();
        }
    }
    finish();
    return statements;
}
/** What the brace behind these words opens: a block, or null for a set of values. */
function getBlock(head, context) {
    if (context !== 'file' && context !== 'table') {
        return null;
    }
    const words = head.map(({ text }) => text);
    const object = (COMMANDS.includes(words[0] ?? '') ? words[1] : words[0]) ?? '';
    if (object === 'table' || object === 'chain') {
        return object;
    }
    return context === 'table' || OBJECTS.includes(object) ? 'object' : null;
}
