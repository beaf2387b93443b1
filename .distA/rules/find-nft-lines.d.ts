/**
 * Finds where rules of nft's listing stand in the file that they came from: the line of the one statement that says the same, word by
 * word. null where none does, or several: nft writes many rules in words of its own (`dport ssh` as `dport 22`).
 */
export declare function findNftLines(file: string, rules: string[]): (number | null)[];
