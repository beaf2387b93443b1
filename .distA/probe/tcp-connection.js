import { setImmediate as nextTurn } from 'node:timers/promises';
import { ClientLog } from './client-log.js';
/** A TCP connection that stands. */
export class TcpConnection {
    #socket;
    #port;
    /** Whoever listens now: the client that opened it, or the one that has spoken last. */
    #log;
    #failure = null;
    /** What the server says by itself, and what it has been told. */
    #bannerBytes;
    #saidBytes = 0;
    #heardBytes = 0;
    /** How much of what comes next is owed to those who have spoken before. */
    #bytesToSkip = 0;
    #timesSpoken = 0;
    #isAwaited = false;
    #hasEnded = false;
    /** Says what the client that has opened it has to say, and listens. */
    constructor(socket, plan, port, log) {
        this.#socket = socket;
        this.#port = port;
        this.#log = log;
        this.#bannerBytes = plan.bannerBytes;
        // Else small pieces wait until those before them are acknowledged (RFC 9293, 3.7.4), and so for what a rule has dropped.
        socket.setNoDelay(plan.open !== null);
        socket.on('data', (chunk) => this.#hear(chunk));
        socket.on('end', () => this.#hearEnd());
        socket.on('error', (error) => this.#fail(error));
        if (plan.send !== null) {
            this.#say(plan.send);
        }
        log.noteConnected();
    }
    get hasFailed() {
        return this.#failure !== null;
    }
    /**
     * What is not given is numbered: what was blocked earlier arrives by itself once it may, and people must be able to tell. Where the
     * server echoes, counting tells: all that was ever said comes back in its order.
     */
    speak(plan) {
        this.#log.stop();
        const text = plan.send ?? `loopfw ${++this.#timesSpoken}\n`;
        const owedBytes = plan.isEcho ? Buffer.byteLength(text) : 1;
        if (this.#saidBytes === 0) {
            this.#bannerBytes = Math.max(this.#bannerBytes, this.#heardBytes);
        }
        this.#bytesToSkip = plan.isEcho ? Math.max(0, this.#bannerBytes + this.#saidBytes - this.#heardBytes) : 0;
        this.#isAwaited = true;
        const log = new ClientLog({ ...plan, bannerBytes: plan.reply === null ? owedBytes - 1 : 0 }, this.#port);
        this.#log = log;
        log.noteConnected();
        if (this.#failure !== null) {
            log.noteError(this.#failure);
        }
        else {
            this.#say(text);
            if (this.#hasEnded) {
                // Behind the end libuv reads no more, so what refuses the text shows at the next write only; an empty one sends nothing.
                void nextTurn().then(() => this.#socket.write(''));
            }
        }
        return { view: log.view, getViewAtLimit: () => log.getViewAtLimit(), getConnection: () => this, close: () => log.stop() };
    }
    /** A RST instead of a FIN: no TIME_WAIT and no late packets. */
    close() {
        this.#socket.resetAndDestroy();
    }
    #say(text) {
        this.#saidBytes += Buffer.byteLength(text);
        this.#socket.write(text);
    }
    #hear(chunk) {
        this.#heardBytes += chunk.length;
        const skipped = Math.min(this.#bytesToSkip, chunk.length);
        this.#bytesToSkip -= skipped;
        if (skipped < chunk.length) {
            this.#isAwaited = false;
            this.#log.noteReceived(chunk.subarray(skipped));
        }
    }
    /** Nothing more will come. To whoever waits for an answer that is none. */
    #hearEnd() {
        this.#hasEnded = true;
        if (!this.#isAwaited) {
            this.#log.noteEnd();
        }
    }
    #fail(error) {
        this.#failure = error;
        this.#log.noteError(error);
    }
}
