export declare const STDIN = "-";
/** A file to be read, by the path to show and the one that tells it from others; or why there is none. */
export type Found = {
    path: string;
    real: string;
} | {
    path: string;
    problem: string;
};
/** The files that a path stands for: itself, or what a folder has of *.json and *.jsonc at any depth, sorted by path. */
export declare function findScenarioFiles(path: string): Promise<Found[]>;
