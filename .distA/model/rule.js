/** The rule language, as values. Text is turned into these by rules/, and back. */
export {};
