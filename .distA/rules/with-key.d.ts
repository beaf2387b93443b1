/** Does something, and gives a RuleError that comes of it the key that is at fault. */
export declare function withKey<Result>(key: string | null, action: () => Result): Result;
