import { makeHarmless } from '../words/harmless.js';

/** What a diagnostic can say. A list of strings is a text of several lines. */
export type Yaml = string | number | boolean | null | string[] | { [key: string]: Yaml };

/**
 * A mapping as block YAML, and only as much of YAML as prove's reader knows (TAP::Parser::YAMLish::Reader): no JSON, no flow
 * collections, and no sequences, for it takes an item that begins like `"icmp: …` for a mapping. Numbers and null are bare, strings
 * always in double quotes: a harmless text has nothing to escape but `"` and `\`.
 */
export function printYaml(mapping: { [key: string]: Yaml }, indent: string): string[] {
  return Object.entries(mapping).flatMap(([key, value]) => {
    if (Array.isArray(value)) {
      return [`${indent}${key}: |`, ...value.map((line) => `${indent}  ${makeHarmless(line)}`)];
    }
    if (value !== null && typeof value === 'object') {
      return Object.keys(value).length === 0 ? [`${indent}${key}: {}`] : [`${indent}${key}:`, ...printYaml(value, `${indent}  `)];
    }
    return [`${indent}${key}: ${printScalar(value)}`];
  });
}

function printScalar(value: string | number | boolean | null): string {
  if (value === null) {
    return '~';
  }
  return typeof value === 'string' ? JSON.stringify(makeHarmless(value)) : `${value}`;
}
