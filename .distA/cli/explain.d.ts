/** `loopfw explain`: the page of a word that reports and scenarios use, or a line for each of them; gives the exit code. */
export declare function explainCommand(word: string | undefined, hasColors: boolean): Promise<number>;
