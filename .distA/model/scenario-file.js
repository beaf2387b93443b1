/* Generated from schema/scenario.json by `npm run generate`: change the schema instead. */
export {};
