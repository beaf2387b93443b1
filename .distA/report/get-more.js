/** Where to read on about a probe that did not pass: what made it so, where a verdict was given; else why there is none. */
export function getMore({ status, cause }) {
    return `loopfw explain ${status === 'failed' && cause !== null ? cause : status}`;
}
