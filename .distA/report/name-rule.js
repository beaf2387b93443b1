/** How people tell an entry from others: `rule 0 no-web`, with its line in a rule set file. Not yet harmless: names come from files. */
export function nameRule({ index, name, line }) {
    return `rule ${index}${name === null ? '' : ` ${name}`}${line === null ? '' : ` (line ${line})`}`;
}
