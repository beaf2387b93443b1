/**
 * Reads an address of the world's own, with its prefix length: "192.0.2.1/24"; else says why it is none.
 *
 * @param isLengthNeeded else an address without one is by itself
 */
export declare function parseAddressPrefix(text: string, isLengthNeeded: boolean): {
    prefix: string;
} | {
    problem: string;
};
