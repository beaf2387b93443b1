/** The variable by which a program finds the socket of its world. */
export const CONTROL = 'LOOPFW_CONTROL';
