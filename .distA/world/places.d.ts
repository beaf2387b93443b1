/**
 * Where clients and servers stand: in the world itself, which is the place null, or outside of one of its interfaces. A socket keeps the
 * network namespace in which its thread was when it was made, and Node.js makes it up to a turn of the event loop after it was asked to.
 * So whoever starts something is alone, and stays where he is, for so long.
 */
export declare class Places {
    #private;
    /** @param world a descriptor of its network namespace, in which the calling thread is and stays; and those of the outsides, by the interface's name */
    constructor(world: number, outsides: Map<string, number>);
    /** Whether there is another place than the world itself. */
    get areMany(): boolean;
    /** Starts something at a place. Not to be called by what it starts. */
    run<Result>(place: string | null, start: () => Result | Promise<Result>): Promise<Result>;
    /** Does something at every place. */
    runEverywhere(work: () => void): Promise<void>;
    /** Lets go of the network namespaces: an outside ends with its last socket. */
    close(): void;
}
