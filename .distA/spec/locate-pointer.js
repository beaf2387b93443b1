/** A JSON pointer's last step (RFC 6901). */
export function joinPointer(pointer, key) {
    return `${pointer}/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`;
}
/** Where the value of a pointer stands, or its key. Of a key that is written twice the last is meant, as in JSON.parse. */
export function locatePointer(root, pointer, at = 'value') {
    let node = root;
    let member;
    for (const step of pointer.split('/').slice(1)) {
        const key = step.replaceAll('~1', '/').replaceAll('~0', '~');
        member = node.type === 'Object' ? node.members.findLast(({ name }) => getKey(name) === key) : undefined;
        const next = node.type === 'Array' ? node.elements[Number(key)]?.value : member?.value;
        if (next === undefined) {
            break;
        }
        node = next;
    }
    const { line, column } = (at === 'key' && member !== undefined ? member.name : node).loc.start;
    return { line, column };
}
/** The name of a member; an identifier is JSON5's and does not occur. */
export function getKey(name) {
    return name.type === 'String' ? name.value : name.name;
}
