/**
 * What nft's scanner may take a word for. It ends a number where digits end, so that `80accept` is two words to it; a name goes on
 * over points, slashes and hyphens.
 */
export function listNftKeywords({ kind, text }) {
    if (kind !== 'word') {
        return [];
    }
    return text.split(/[^A-Za-z0-9_./-]+/).map((part) => part.replace(/^[0-9][0-9./-]*/, ''));
}
