/** The variable by which a program finds the socket of its world. */
export const CONTROL = 'LOOPFW_CONTROL';

/** The header of an answer that says more than its body: what was done about rules that were changed by hand. */
export const NOTICE = 'loopfw-notice';
