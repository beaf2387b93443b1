import type { Position } from '../model/diagnostic.js';
/** Line and column of an offset. Lines end as in momoa: at LF, CR and CRLF. */
export declare function toPosition(text: string, offset: number): Position;
