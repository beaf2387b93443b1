/** What a diagnostic can say. A list of strings is a text of several lines. */
export type Yaml = string | number | boolean | null | string[] | {
    [key: string]: Yaml;
};
/**
 * A mapping as block YAML, and only as much of YAML as prove's reader knows (TAP::Parser::YAMLish::Reader): no JSON, no flow
 * collections, and no sequences, for it takes an item that begins like `"icmp: …` for a mapping. Numbers and null are bare, strings
 * always in double quotes: a harmless text has nothing to escape but `"` and `\`.
 */
export declare function printYaml(mapping: {
    [key: string]: Yaml;
}, indent: string): string[];
