import { styleText } from 'node:util';
/** The types for Node 20 do not know the option. Without it styleText looks at the terminal and the environment, and they were asked before. */
const style = styleText;
const STATUSES = {
    passed: { mark: '✔', format: 'green' },
    failed: { mark: '✖', format: 'red' },
    inconclusive: { mark: '?', format: 'yellow' },
    error: { mark: '!', format: 'magenta' },
};
export function getMark(status) {
    return STATUSES[status].mark;
}
/** Colours where they are wanted; the marks tell the statuses apart without them. */
export function makePaint(color) {
    const paint = (format, text) => (color ? style(format, text, { validateStream: false }) : text);
    return {
        bold: (text) => paint('bold', text),
        dim: (text) => paint('dim', text),
        fail: (text) => paint('red', text),
        warn: (text) => paint('yellow', text),
        mark: (status) => paint(STATUSES[status].format, getMark(status)),
        status: (status, text = status) => paint(STATUSES[status].format, text),
    };
}
