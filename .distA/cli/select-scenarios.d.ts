import type { Scenario } from '../model/scenario.js';
export interface Selection {
    /** Any of these; empty: whatever the tags. */
    tags: string[];
    /** A regular expression that the name matches; null: whatever the name. */
    grep: RegExp | null;
}
/** Of scenarios those that have one of the tags, and a name that matches; in their order. */
export declare function selectScenarios<S extends Pick<Scenario, 'name' | 'tags'>>(scenarios: S[], { tags, grep }: Selection): S[];
