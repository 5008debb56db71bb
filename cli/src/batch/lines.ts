/** A longer line is none of a source or of JSON, whatever it is. */
const longestLine = 1_000_000

/** What stands for a line that is too long. */
export const tooLong = Symbol('a line that is too long')

/** The lines of a text as it comes in, without their ends. Of one that is too long no more is kept than that there was one. */
export async function* linesOf(chunks: AsyncIterable<Uint8Array | string>): AsyncGenerator<string | typeof tooLong> {
  const decoder = new TextDecoder()
  let rest = ''
  let isTooLong = false
  for await (const chunk of chunks) {
    const text = typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true })
    const pieces = text.split('\n')
    const last = pieces.pop() ?? ''
    for (const piece of pieces) {
      yield isTooLong || rest.length + piece.length > longestLine ? tooLong : (rest + piece).replace(/\r$/, '')
      rest = ''
      isTooLong = false
    }
    isTooLong ||= rest.length + last.length > longestLine
    rest = isTooLong ? '' : rest + last
  }
  if (isTooLong) yield tooLong
  else if (rest !== '') yield rest.replace(/\r$/, '')
}
