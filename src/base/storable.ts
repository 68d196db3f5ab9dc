// Text of strangers as every database takes it.

/** Without what PostgreSQL takes in no text: U+0000 and halves of surrogate pairs. */
export const storableText = (text: string): string => text.replaceAll('\0', '\ufffd').toWellFormed()
