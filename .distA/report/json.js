/** The result document itself (schema/result.json). */
export const reportJson = (result) => `${JSON.stringify(result, null, 2)}\n`;
