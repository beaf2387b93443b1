/**
 * Runs the command line and gives the exit code. Standard output is for reports, standard error for everything else.
 * @param args what stands behind the program's name
 */
export declare function main(args: string[]): Promise<number>;
