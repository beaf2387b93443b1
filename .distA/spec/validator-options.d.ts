/** How ajv compiles the schema, here and at build. verbose: an error then has its schema and its value, which the messages quote. */
export declare const OPTIONS: {
    allErrors: boolean;
    verbose: boolean;
    allowUnionTypes: boolean;
};
/** The formats that the schema names. */
export declare const FORMATS: {
    ip: (text: string) => boolean;
};
