/** A character that cannot be shown: `U+001B`. */
export declare function nameCharacter(character: string): string;
