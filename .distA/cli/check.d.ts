export interface CheckCommandOptions {
    ruleset?: string;
}
/** `loopfw check`: a line of praise, or every problem. */
export declare function checkCommand(paths: string[], { ruleset }: CheckCommandOptions): Promise<number>;
