/** What kind of rule set file a text is; null where it looks like none. Its first line that is no comment says it. */
export function tellFormat(text) {
    if (/^#!.*\bnft\b/.test(text)) {
        return 'nft';
    }
    const first = /^[ \t]*(?!#)(?<line>\S.*)$/m.exec(text)?.groups?.['line'] ?? '';
    if (/^(?:[*:[]|-[A-Za-z-]|COMMIT\b)/.test(first)) {
        return 'iptables-save';
    }
    return /^(?:table|flush|add|create|delete|destroy|insert|define|undefine|redefine|include|chain)\b/.test(first) ? 'nft' : null;
}
