/** One word of a command line, and the property of a rule object that it came from, where it was one. */
export interface Argument {
    text: string;
    key: string | null;
}
