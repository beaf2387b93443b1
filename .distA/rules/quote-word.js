const PLAIN = /^[A-Za-z0-9_./:,+@%=^-]+$|^!$/;
/** A word as iptables-restore reads it back: only "…" quotes, and a backslash only inside of them. */
export function quoteRestoreWord(word) {
    return PLAIN.test(word) ? word : `"${word.replace(/["\\]/g, '\\$&')}"`;
}
/** A word as a shell, and parseRuleText, read it back. */
export function quoteShellWord(word) {
    if (PLAIN.test(word)) {
        return word;
    }
    if (!/["\\$`]/.test(word)) {
        return `"${word}"`;
    }
    if (!word.includes("'")) {
        return `'${word}'`;
    }
    return `"${word.replace(/["\\$`]/g, '\\$&')}"`;
}
