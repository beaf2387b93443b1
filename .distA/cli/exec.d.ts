export interface ExecCommandOptions {
    fault: string[];
}
/** `loopfw exec`: the program's own exit code, or 128+n where signal n ended it. */
export declare function execCommand([command, ...args]: string[], { fault }: ExecCommandOptions): Promise<number>;
