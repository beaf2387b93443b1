/** A run that is over sooner than this needs no progress line. */
const QUIET_MS = 500;
const REDRAW_MS = 100;
const CLEAR_LINE = '\r\u001b[K';
/** Shows on a terminal's standard error how far a long run has come; elsewhere nothing. */
export function startProgress() {
    let total = null;
    let done = 0;
    let notPassed = 0;
    let isDrawn = false;
    let timer;
    const draw = () => {
        isDrawn = true;
        process.stderr.write(`${CLEAR_LINE}${done} of ${total ?? '?'} scenarios done, ${notPassed} not passed`);
    };
    if (process.stderr.isTTY) {
        timer = setTimeout(() => {
            draw();
            timer = setInterval(draw, REDRAW_MS);
        }, QUIET_MS);
    }
    return {
        expect: (number) => (total = number),
        count: ({ status }) => {
            done++;
            notPassed += status === 'passed' ? 0 : 1;
        },
        stop: () => {
            clearInterval(timer);
            if (isDrawn) {
                process.stderr.write(CLEAR_LINE);
            }
        },
    };
}
