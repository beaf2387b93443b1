import { quote } from './describe-value.js';
import { getKey, joinPointer } from './locate-pointer.js';
/** Reports every key that an object has already had, where it stands again: JSON.parse would forget the first. */
export function findDuplicateKeys(node, problems, pointer = '') {
    if (node.type === 'Array') {
        node.elements.forEach((element, index) => findDuplicateKeys(element.value, problems, joinPointer(pointer, index)));
    }
    else if (node.type === 'Object') {
        const first = new Map();
        for (const { name, value } of node.members) {
            const key = getKey(name);
            const inner = joinPointer(pointer, key);
            const line = first.get(key);
            if (line === undefined) {
                first.set(key, name.loc.start.line);
            }
            else {
                problems.addAt({ line: name.loc.start.line, column: name.loc.start.column }, inner, `duplicate key ${quote(key)}: the first is on line ${line}`);
            }
            findDuplicateKeys(value, problems, inner);
        }
    }
}
