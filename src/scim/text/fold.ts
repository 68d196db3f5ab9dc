// The one way in which text is compared regardless of case: filters, columns and SQL all use it.

/** Unicode's default lower-casing, independent of any locale. */
export const fold = (text: string): string => text.toLowerCase()
