import { readFileSync } from 'node:fs';

/** The script and the style of the page. */
export interface Assets {
  script: string;
  style: string;
}

/**
 * Reads the script and the style, which script/bundle-page.js makes of ./browser. They are files of the package, so that only a run that
 * makes this report loads them.
 */
export function readAssets(): Assets {
  return { script: read('page.js'), style: read('page.css') };
}

/** The style of the page of `loopfw diff`, which has no script. */
export function readDiffStyle(): string {
  return read('diff.css');
}

/** Reads the page of mutation testers: a script that needs nothing else. */
export function readMutationElements(): string {
  return read('mutation-test-elements.js');
}

function read(name: string): string {
  return readFileSync(new URL(`../../../dist/page/${name}`, import.meta.url), 'utf8');
}
