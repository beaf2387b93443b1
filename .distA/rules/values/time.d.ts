/** HH:MM or HH:MM:SS. */
export declare function timeOfDay(text: string): string;
/** YYYY-MM-DD or YYYY-MM-DDTHH:MM:SS, up to the end of the 32 bits that the kernel has for it. */
export declare function timeDate(text: string): string;
/** Days of the week by name or number (1 is Monday); canonical is their order in the week. */
export declare function weekdays(text: string): string;
/** The days of the week that are not in a canonical list. */
export declare function otherWeekdays(days: string): string;
/** Days of the month; canonical is their order. */
export declare function monthdays(text: string): string;
/** The days of the month that are not in a list. */
export declare function otherMonthdays(days: string): string;
