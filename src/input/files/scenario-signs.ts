import { isObject } from '../json/document.js';

/** Keys by which a scenario is known, whatever their values are. */
const SURE = ['probes', 'matrix', 'phases', 'ruleset'];
/** The same in a text that is not JSON: a mistake in a scenario must not hide it. */
const SIGN = /\b(?:name|probes|matrix|phases|rules|ruleset|servers|clients)["']?\s*:/;
const KEY = /\w["']?\s*:/;

/**
 * Whether a file that was found in a folder looks like a scenario, correct or not. package.json does not.
 * @param json the parsed text; undefined if it is not JSON
 */
export function looksLikeScenario(text: string, json: { value: unknown } | undefined): boolean {
  return json === undefined ? SIGN.test(text) || !KEY.test(text) : [json.value].flat().some(hasSign);
}

function hasSign(value: unknown): boolean {
  if (!isObject(value)) {
    return false;
  }
  const namesSchema = typeof value['$schema'] === 'string' && value['$schema'].endsWith('scenario.json');
  const isSure = SURE.some((key) => Object.hasOwn(value, key));
  return namesSchema || isSure || Array.isArray(value['rules']) || isObject(value['servers']) || isObject(value['clients']);
}
