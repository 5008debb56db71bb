/** What a thread runs to run this program: its own file, where that is JavaScript. */
export const threadFile = (program: string): URL =>
  program.endsWith('.ts') ? new URL('thread-from-source.mjs', import.meta.url) : new URL(program)
