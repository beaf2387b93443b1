/** TEST && TEST…, each LOCATION=VALUES (iptables-extensions(8), u32); canonical in hexadecimal and without spaces. */
export declare function u32Tests(text: string): string;
