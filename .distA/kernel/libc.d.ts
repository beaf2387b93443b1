declare const functions: {
    bind: {
        (...args: any[]): any;
        async: (...args: any[]) => any;
        info: {
            name: string;
            arguments: import("koffi").TypeObject[];
            result: import("koffi").TypeObject;
        };
    };
    connect: {
        (...args: any[]): any;
        async: (...args: any[]) => any;
        info: {
            name: string;
            arguments: import("koffi").TypeObject[];
            result: import("koffi").TypeObject;
        };
    };
    close: {
        (...args: any[]): any;
        async: (...args: any[]) => any;
        info: {
            name: string;
            arguments: import("koffi").TypeObject[];
            result: import("koffi").TypeObject;
        };
    };
    getsockopt: {
        (...args: any[]): any;
        async: (...args: any[]) => any;
        info: {
            name: string;
            arguments: import("koffi").TypeObject[];
            result: import("koffi").TypeObject;
        };
    };
    ioctl: {
        (...args: any[]): any;
        async: (...args: any[]) => any;
        info: {
            name: string;
            arguments: import("koffi").TypeObject[];
            result: import("koffi").TypeObject;
        };
    };
    prctl: {
        (...args: any[]): any;
        async: (...args: any[]) => any;
        info: {
            name: string;
            arguments: import("koffi").TypeObject[];
            result: import("koffi").TypeObject;
        };
    };
    recv: {
        (...args: any[]): any;
        async: (...args: any[]) => any;
        info: {
            name: string;
            arguments: import("koffi").TypeObject[];
            result: import("koffi").TypeObject;
        };
    };
    recvfrom: {
        (...args: any[]): any;
        async: (...args: any[]) => any;
        info: {
            name: string;
            arguments: import("koffi").TypeObject[];
            result: import("koffi").TypeObject;
        };
    };
    send: {
        (...args: any[]): any;
        async: (...args: any[]) => any;
        info: {
            name: string;
            arguments: import("koffi").TypeObject[];
            result: import("koffi").TypeObject;
        };
    };
    setns: {
        (...args: any[]): any;
        async: (...args: any[]) => any;
        info: {
            name: string;
            arguments: import("koffi").TypeObject[];
            result: import("koffi").TypeObject;
        };
    };
    setsockopt: {
        (...args: any[]): any;
        async: (...args: any[]) => any;
        info: {
            name: string;
            arguments: import("koffi").TypeObject[];
            result: import("koffi").TypeObject;
        };
    };
    setFilter: {
        (...args: any[]): any;
        async: (...args: any[]) => any;
        info: {
            name: string;
            arguments: import("koffi").TypeObject[];
            result: import("koffi").TypeObject;
        };
    };
    shutdown: {
        (...args: any[]): any;
        async: (...args: any[]) => any;
        info: {
            name: string;
            arguments: import("koffi").TypeObject[];
            result: import("koffi").TypeObject;
        };
    };
    socket: {
        (...args: any[]): any;
        async: (...args: any[]) => any;
        info: {
            name: string;
            arguments: import("koffi").TypeObject[];
            result: import("koffi").TypeObject;
        };
    };
    unshare: {
        (...args: any[]): any;
        async: (...args: any[]) => any;
        info: {
            name: string;
            arguments: import("koffi").TypeObject[];
            result: import("koffi").TypeObject;
        };
    };
    waitid: {
        (...args: any[]): any;
        async: (...args: any[]) => any;
        info: {
            name: string;
            arguments: import("koffi").TypeObject[];
            result: import("koffi").TypeObject;
        };
    };
    waitpid: {
        (...args: any[]): any;
        async: (...args: any[]) => any;
        info: {
            name: string;
            arguments: import("koffi").TypeObject[];
            result: import("koffi").TypeObject;
        };
    };
    syscall: {
        (...args: any[]): any;
        async: (...args: any[]) => any;
        info: {
            name: string;
            arguments: import("koffi").TypeObject[];
            result: import("koffi").TypeObject;
        };
    };
    syscallWithBuffers: {
        (...args: any[]): any;
        async: (...args: any[]) => any;
        info: {
            name: string;
            arguments: import("koffi").TypeObject[];
            result: import("koffi").TypeObject;
        };
    };
};
/** A system call that failed; `errno` is its name in errno(3). */
export declare class SystemCallError extends Error {
    readonly errno: string;
    constructor(call: string, errno: string);
}
type Functions = typeof functions;
/** Calls a function of the C library and throws SystemCallError where it returns a negative number. */
export declare function call(name: keyof Functions, ...args: unknown[]): number;
/** An errno by its name in errno(3). */
export declare function getErrorName(errno: number): string;
/** Like call(), but gives null where the error is one that the caller expects. */
export declare function callUnless(errnos: readonly string[], name: keyof Functions, ...args: unknown[]): number | null;
/** Calls a function in libuv's thread pool. Gives the errno by its name where it fails, else null. */
export declare function callBlocking(name: keyof Functions, ...args: unknown[]): Promise<string | null>;
/**
 * Ends the process at once, whatever its threads do. process.exit() waits for a worker that is inside a system call
 * (3 s, measured) and aborts now and then.
 */
export declare function exitNow(status: number): never;
export {};
