import type { Paint } from './paint.js';
/** A page of the documentation for a terminal: headings bold, code indented, of a link only its text. */
export declare function showPage(markdown: string, paint: Paint): string;
