import { chmodSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { ServerAddress } from './server-address.ts'

/** A personal token that `reckon login` has made. */
export interface Credential {
  readonly token: string
  /** By which the server knows the token, to revoke it. */
  readonly tokenId: string
  readonly email: string
}

export interface Credentials {
  /** The server of the last login. */
  readonly current: string | undefined
  readonly servers: Readonly<Record<string, Credential>>
}

const nobody: Credentials = { current: undefined, servers: {} }

const fileIn = (folder: string) => path.join(folder, 'credentials.json')

/** What is no file of ours counts as none: a login writes it anew. */
export function readCredentials(folder: string): Credentials {
  try {
    const { current, servers } = JSON.parse(readFileSync(fileIn(folder), 'utf8')) as Partial<Credentials>
    return { current, servers: servers ?? {} }
  } catch {
    return nobody
  }
}

/** Other users of the machine see nothing of it, not even for a moment. */
export function writeCredentials(folder: string, credentials: Credentials): string {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const file = fileIn(folder)
  const next = `${file}.${process.pid}`
  writeFileSync(next, `${JSON.stringify(credentials, null, 2)}\n`, { mode: 0o600 })
  // One that was there already keeps its mode.
  chmodSync(next, 0o600)
  renameSync(next, file)
  return file
}

export const tokenFor = ({ servers }: Credentials, { shown }: ServerAddress): string | undefined =>
  servers[shown]?.token
