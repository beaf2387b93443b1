import { InternalError } from '../errors.js';
import { getErrnoOutcome } from './errno-outcomes.js';
const REPLY_LIMIT = 1 << 20;
/** What a client sees, as it goes: the same for every protocol. `view` settles at the client's time limit at the latest. */
export class ClientLog {
    view;
    #plan;
    #name;
    #started = performance.now();
    #timer;
    #received = Buffer.alloc(0);
    #isConnected = false;
    #resolve = () => { };
    #reject = () => { };
    constructor(plan, port) {
        this.#plan = plan;
        this.#name = `${plan.from} port ${port}`;
        this.view = new Promise((resolve, reject) => {
            this.#resolve = resolve;
            this.#reject = reject;
        });
        // Who started the client may still be on its way back to listen.
        this.view.catch(() => { });
        this.#timer = setTimeout(() => this.#finishAtLimit(), plan.timeoutMs);
    }
    /** The connection stands, or there is none to wait for. */
    noteConnected() {
        this.#isConnected = true;
        if (this.#isAnswered() && this.#plan.reply === null) {
            this.#finish('connected', null);
        }
    }
    noteReceived(bytes) {
        this.#received = Buffer.concat([this.#received, bytes]);
        const isWhole = this.#plan.reply === null || this.#received.includes(this.#plan.reply) || this.#received.length > REPLY_LIMIT;
        if (this.#isAnswered() && isWhole) {
            this.#finish('connected', null);
        }
    }
    /** Nothing more will come. */
    noteEnd() {
        this.#finish('connected', null);
    }
    /** What a socket reported. An errno that speaks of the machine, or of bind(2), is no outcome: `view` rejects. */
    noteError({ code, syscall, message }) {
        const outcome = syscall === 'bind' ? null : getErrnoOutcome(code ?? '');
        if (outcome === null) {
            clearTimeout(this.#timer);
            this.#reject(new InternalError(`the client ${this.#name} could not be made: ${message}`));
        }
        else {
            this.#finish(outcome, code ?? null);
        }
    }
    /** Stops waiting; `view` may then stay unsettled. */
    stop() {
        clearTimeout(this.#timer);
    }
    /**
     * Without anything to send, the handshake alone means connected. A banner comes by itself: to have sent something and have had
     * the banner is not to have been answered.
     */
    #isAnswered() {
        return !this.#plan.needsAnswer || this.#received.length > this.#plan.bannerBytes;
    }
    /** What the client has seen when its time is over. */
    getViewAtLimit() {
        const outcome = this.#isConnected && this.#isAnswered() ? 'connected' : 'timeout';
        return { outcome, errno: null, elapsedMs: this.#getElapsedMs(), reply: this.#getReply() };
    }
    #finishAtLimit() {
        const leftMs = this.#plan.timeoutMs - this.#getElapsedMs();
        if (leftMs > 0) {
            this.#timer = setTimeout(() => this.#finishAtLimit(), Math.ceil(leftMs)); // Node's timers fire up to a millisecond early
        }
        else {
            this.#resolve(this.getViewAtLimit());
        }
    }
    #finish(outcome, errno) {
        clearTimeout(this.#timer);
        this.#resolve({ outcome, errno, elapsedMs: this.#getElapsedMs(), reply: this.#getReply() });
    }
    #getElapsedMs() {
        return Math.round((performance.now() - this.#started) * 1000) / 1000;
    }
    #getReply() {
        return this.#received.length === 0 ? null : this.#received.toString('utf8');
    }
}
