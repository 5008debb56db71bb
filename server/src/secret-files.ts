import { readFileSync } from 'node:fs'

export type Variables = Readonly<Record<string, string | undefined>>

const suffix = '_FILE'

/**
 * Takes what a variable of that name with `_FILE` behind it points to, as containers are handed secrets; a newline at the end of the file is none of it.
 * Gives a line for each that cannot be had.
 */
export function withFiles(
  variables: Variables,
  names: readonly string[],
): { readonly variables: Variables; readonly problems: readonly string[] } {
  const read: Record<string, string> = {}
  const problems: string[] = []
  for (const name of names) {
    const file = variables[`${name}${suffix}`]
    if (file === undefined) continue
    if (variables[name] !== undefined) {
      problems.push(`${name} and ${name}${suffix} are both set: leave one out`)
      continue
    }
    try {
      const content = readFileSync(file, 'utf8').replace(/\r?\n$/, '')
      if (content === '') problems.push(`${name}${suffix}: the file ${file} is empty`)
      else read[name] = content
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException
      problems.push(`${name}${suffix}: the file ${file} cannot be read (${code ?? message})`)
    }
  }
  return { variables: { ...variables, ...read }, problems }
}
