import type { Status } from '../model/result.js';
type Style = (text: string) => string;
export interface Paint {
    bold: Style;
    dim: Style;
    fail: Style;
    warn: Style;
    mark(status: Status): string;
    /** Its name in its colour, or another text. */
    status(status: Status, text?: string): string;
}
export declare function getMark(status: Status): string;
/** Colours where they are wanted; the marks tell the statuses apart without them. */
export declare function makePaint(color: boolean): Paint;
export {};
