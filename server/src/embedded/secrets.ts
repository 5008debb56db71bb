import { readFile, rename, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { Ids } from '../ids.ts'

/** What the embedded default keeps beside its data. */
export interface EmbeddedSecrets {
  readonly jwt: string
  readonly ticket: string
}

const fileOf = (directory: string) => path.join(directory, 'secrets.json')

/** Reads the secrets of a data folder, or makes them. */
export async function readSecrets(directory: string, ids: Ids): Promise<EmbeddedSecrets> {
  try {
    return JSON.parse(await readFile(fileOf(directory), 'utf8')) as EmbeddedSecrets
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' && !(error instanceof SyntaxError)) throw error
    // Lost secrets sign everybody out and no more, so a file that cannot be read is simply made anew.
    const secrets = { jwt: ids.secret(), ticket: ids.secret() }
    await writePrivately(fileOf(directory), JSON.stringify(secrets))
    return secrets
  }
}

/** The file of the token of the agents that the server brings with it. */
export const agentTokenFile = (directory: string): string => path.join(directory, 'agent-token')

/** The token of the server's own agents; undefined before there is one. */
export async function readAgentToken(directory: string): Promise<string | undefined> {
  try {
    return (await readFile(agentTokenFile(directory), 'utf8')).trim()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

export const writeAgentToken = (directory: string, token: string): Promise<void> =>
  writePrivately(agentTokenFile(directory), token)

/** Writes a file whole or not at all, for this user's eyes only. */
async function writePrivately(file: string, content: string): Promise<void> {
  const temporary = `${file}.new`
  await writeFile(temporary, content, { mode: 0o600 })
  await rename(temporary, file)
}
