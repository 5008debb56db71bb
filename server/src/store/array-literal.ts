/**
 * An array as PostgreSQL reads it, of elements that need no quotes: UUIDs, numbers, rationals, names. pg itself quotes and escapes each element,
 * which for the log's thousands of results a second is a good part of the server's time.
 */
export const arrayLiteral = (elements: readonly (string | number | boolean | null)[]): string =>
  `{${elements.map((element) => element ?? 'NULL').join(',')}}`
