// Answers that are made while they are sent, so that nobody holds a large group as a whole.

/** JSON text, whole or in pieces. */
export type Body = string | AsyncIterable<string>

/** The object whose text is `own`, with a list besides unless that is empty. */
export async function* withList(
  own: string,
  name: string,
  elements: AsyncIterable<readonly string[]>,
): AsyncGenerator<string, void> {
  let joint = `${own.slice(0, -1)},"${name}":[`
  for await (const some of elements) {
    if (some.length === 0) continue
    yield joint + some.join()
    joint = ','
  }
  yield joint === ',' ? ']}' : own
}

/** A list of these texts behind what the answer begins with. */
export async function* listOf(begun: string, texts: readonly Body[]): AsyncGenerator<string, void> {
  yield `${begun}[`
  for (const [at, text] of texts.entries()) {
    if (at > 0) yield ','
    if (typeof text === 'string') yield text
    else yield* text
  }
  yield ']}'
}
