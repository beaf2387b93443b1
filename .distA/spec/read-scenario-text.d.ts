/** A file's text, or that of standard input; or why there is none. */
export declare function readScenarioText(path: string): Promise<{
    text: string;
} | {
    problem: string;
}>;
