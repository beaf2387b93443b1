/** Reads a port, or a range of them such as `8000-8010`; else says why not. */
export declare function parsePorts(text: string): {
    first: number;
    last: number;
} | {
    problem: string;
};
