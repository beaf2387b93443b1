/* Generated from schema/result.json by `npm run generate`: change the schema instead. */
export {};
