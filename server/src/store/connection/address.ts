import { readFileSync } from 'node:fs'
import type { ConnectionOptions } from 'node:tls'
import type pg from 'pg'

/** How it is seen to that the server is the right one. */
export type Tls = 'none' | 'unverified' | 'verified'

/** Where a database is, as all its connections need it. */
export interface DatabaseAddress {
  /** Holds the password. */
  readonly connection: Pick<pg.ClientConfig, 'connectionString' | 'ssl'>
  readonly tls: Tls
  /** With `sslmode=prefer`: to be tried again without TLS where the server offers none. */
  readonly mayGoPlain: boolean
  /** Of the tables; null where the role's own settings say it. */
  readonly schema: string | null
}

export type AddressProblem =
  | { readonly kind: 'unknown-sslmode'; readonly mode: string }
  | { readonly kind: 'no-root-certificate'; readonly mode: string }
  | { readonly kind: 'unreadable-certificate'; readonly file: string; readonly reason: string }

export type AddressOutcome = ({ readonly kind: 'address' } & DatabaseAddress) | AddressProblem

/** Ended early by what is wrong with an address. Never leaves this file. */
class Refusal extends Error {
  readonly problem: AddressProblem

  constructor(problem: AddressProblem) {
    super(problem.kind)
    this.problem = problem
  }
}

/** What pg would read of its own accord, and differently. */
const ownParameters = ['sslmode', 'sslrootcert', 'sslcert', 'sslkey', 'ssl', 'uselibpqcompat', 'schema']

/**
 * Reads DATABASE_URL as psql does: `sslmode` and its certificates mean what they mean there. (pg takes `require` for `verify-full`, and says that it
 * will not always.) `schema` is as Prisma has it.
 */
export function readAddress(url: string): AddressOutcome {
  const parsed = new URL(url)
  const given = new Map(ownParameters.map((name) => [name, parsed.searchParams.get(name)] as const))
  for (const name of ownParameters) parsed.searchParams.delete(name)
  const mode = given.get('sslmode') ?? (given.get('sslrootcert') ? 'verify-ca' : modeOfSsl(given.get('ssl')))
  try {
    return {
      kind: 'address',
      connection: { connectionString: parsed.href, ...tlsOf(mode, given) },
      tls: mode === null ? 'none' : strengthOf(mode, given),
      mayGoPlain: mode === 'prefer',
      schema: given.get('schema') || null,
    }
  } catch (error) {
    if (error instanceof Refusal) return error.problem
    throw error
  }
}

const modeOfSsl = (ssl: string | null | undefined) =>
  ssl === 'true' || ssl === '1' ? 'verify-full' : ssl === 'no-verify' ? 'require' : null

type Given = ReadonlyMap<string, string | null>

/** With a certificate of the one who signs, `require` verifies too, as in psql. */
function strengthOf(mode: string, given: Given): Tls {
  if (mode === 'disable' || mode === 'allow') return 'none'
  if (mode.startsWith('verify-')) return 'verified'
  return mode === 'require' && given.get('sslrootcert') ? 'verified' : 'unverified'
}

function tlsOf(mode: string | null, given: Given): { readonly ssl?: boolean | ConnectionOptions } {
  switch (mode) {
    case null:
      return {}
    case 'disable':
    case 'allow':
      return { ssl: false }
    case 'prefer':
    case 'no-verify':
      return { ssl: { ...certificates(given), rejectUnauthorized: false } }
    case 'require':
      if (given.get('sslrootcert')) return { ssl: { ...certificates(given), checkServerIdentity } }
      return { ssl: { ...certificates(given), rejectUnauthorized: false } }
    case 'verify-ca':
      if (!given.get('sslrootcert')) throw new Refusal({ kind: 'no-root-certificate', mode })
      return { ssl: { ...certificates(given), checkServerIdentity } }
    case 'verify-full':
      return { ssl: certificates(given) }
    default:
      throw new Refusal({ kind: 'unknown-sslmode', mode })
  }
}

/** Any name will do. */
const checkServerIdentity = () => undefined

/** `system` stands for what Node trusts by itself. */
function certificates(given: Given): ConnectionOptions {
  const root = given.get('sslrootcert')
  return {
    ...(root && root !== 'system' ? { ca: readCertificate(root) } : {}),
    ...(given.get('sslcert') ? { cert: readCertificate(given.get('sslcert') ?? '') } : {}),
    ...(given.get('sslkey') ? { key: readCertificate(given.get('sslkey') ?? '') } : {}),
  }
}

function readCertificate(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    throw new Refusal({ kind: 'unreadable-certificate', file, reason: code ?? message })
  }
}
