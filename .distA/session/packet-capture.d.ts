/** Keeps the packets of the calling thread's network namespace, from when it is made until it is asked for them. */
export declare class PacketCapture {
    #private;
    /** What a packet socket is given, it has been given when the sender's system call is over: nothing is on its way. */
    end(): {
        base64: string;
        isCut: boolean;
        missing: number;
    };
    close(): void;
}
