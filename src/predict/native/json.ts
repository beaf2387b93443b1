// What nft writes as JSON (libnftables-json(5)): each statement and expression is an object with one member, which is its kind.

export type Json = null | boolean | number | string | Json[] | JsonObject;

export interface JsonObject {
  readonly [name: string]: Json;
}

export function isObject(json: Json | undefined): json is JsonObject {
  return typeof json === 'object' && json !== null && !Array.isArray(json);
}

/** The kind of a statement or expression, and what it says. null for anything else. */
export function getOnly(json: Json | undefined): [kind: string, content: Json] | null {
  const entries = isObject(json) ? Object.entries(json) : [];
  const [only] = entries;
  return entries.length === 1 && only !== undefined ? only : null;
}

/** A member of an object; undefined if there is none. */
export function getMember(json: Json | undefined, name: string): Json | undefined {
  return isObject(json) ? json[name] : undefined;
}

/** A member that is a text; empty for anything else. */
export function getText(json: Json | undefined, name: string): string {
  const value = getMember(json, name);
  return typeof value === 'string' ? value : '';
}

/** A member that is a number; 0 for anything else. */
export function getNumber(json: Json | undefined, name: string): number {
  const value = getMember(json, name);
  return typeof value === 'number' ? value : 0;
}

/** nft writes a list of one element as that element alone. */
export function toList(json: Json | undefined): Json[] {
  return json === undefined ? [] : Array.isArray(json) ? json : [json];
}

/** An expression or a constant as nft writes it: `tcp dport`, `10.0.0.0/8`, `{ 80, 81 }`. The kind alone where it has no words of its own. */
export function printExpression(json: Json | undefined): string {
  if (Array.isArray(json)) {
    return json.map(printExpression).join(',');
  }
  const [kind, content] = getOnly(json) ?? ['', null];
  if (kind === '') {
    return json === null || json === undefined || isObject(json) ? '' : String(json);
  }
  const words = ['protocol', 'dir', 'name', 'field', 'key', 'flags', 'result'].map((name) => printExpression(getMember(content, name)));
  switch (kind) {
    case 'payload':
      return words.filter((word) => word !== '').join(' ');
    case 'range':
      return toList(content).map(printExpression).join('-');
    case 'prefix':
      return `${getText(content, 'addr')}/${getNumber(content, 'len')}`;
    case 'concat':
      return toList(content).map(printExpression).join(' . ');
    case 'set':
      return `{ ${toList(content).map(printExpression).join(', ')} }`;
    case '&':
    case '|':
    case '^':
      return toList(content).map(printExpression).join(` ${kind} `);
    default:
      return [kind, ...words].filter((word) => word !== '').join(' ');
  }
}
