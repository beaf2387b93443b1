import { makeHarmless } from '../../words/harmless.js';

/** A value of a diagnostic. A list of strings is a text of several lines. */
export type Yaml = string | number | boolean | null | string[] | { [key: string]: Yaml };

/**
 * A mapping as block YAML. It uses only what prove's parser can read (TAP::Parser::YAMLish::Reader): no JSON, no flow collections. It has
 * no sequences either: the parser takes an item that begins like `"icmp: …` for a mapping.
 * Numbers and null have no quotes. Strings always have double quotes: in a harmless text only `"` and `\` need escaping.
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
