import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { Ids } from '../ids.ts'

/** What the embedded default keeps beside its data. */
export interface EmbeddedSecrets {
  readonly jwt: string
  readonly ticket: string
  /** Of the agents that the server brings with it; null until it is minted. */
  readonly agentToken: string | null
}

const fileOf = (directory: string) => path.join(directory, 'secrets.json')

/** Reads the secrets of a data folder, or makes them. */
export async function readSecrets(directory: string, ids: Ids): Promise<EmbeddedSecrets> {
  try {
    return JSON.parse(await readFile(fileOf(directory), 'utf8')) as EmbeddedSecrets
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' && !(error instanceof SyntaxError)) throw error
    // Lost secrets sign everybody out and no more, so a file that cannot be read is simply made anew.
    const secrets = { jwt: ids.secret(), ticket: ids.secret(), agentToken: null }
    await writeSecrets(directory, secrets)
    return secrets
  }
}

/** Writes the secrets, whole or not at all, for this user's eyes only. */
export async function writeSecrets(directory: string, secrets: EmbeddedSecrets): Promise<void> {
  await mkdir(directory, { recursive: true, mode: 0o700 })
  const temporary = `${fileOf(directory)}.new`
  await writeFile(temporary, JSON.stringify(secrets), { mode: 0o600 })
  await rename(temporary, fileOf(directory))
}
