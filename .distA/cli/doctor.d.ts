/** `loopfw doctor`: a line for everything that loopfw needs of this machine; gives the exit code. */
export declare function doctorCommand(hasColors: boolean): Promise<number>;
