/** `1 probe`, `2 probes`. */
export declare function countNoun(number: number, noun: string): string;
