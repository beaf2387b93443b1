/** How such a line begins, for the thread that must not parse the others. */
export const SIGNAL_LINE = '{"signal":';
/** The worker that is there from the start. The others start when a line has nothing but their number. */
export const FIRST_WORKER = 0;
export function toFailure(error) {
    const code = error instanceof Error && 'code' in error ? error.code : null;
    const message = error instanceof Error ? error.message : String(error);
    return { code: code === 'environment' || code === 'usage' ? code : 'internal', message };
}
