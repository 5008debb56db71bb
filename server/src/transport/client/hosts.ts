import type { IncomingMessage } from 'node:http'
import { BlockList, isIP } from 'node:net'
import type { ProxyMistake } from './proxy-remarks.ts'

/** Of a name in the DNS, with a port behind it. */
const maxHostLength = 255 + ':65535'.length

const hostPattern = /^(?<name>\[[\da-f:.]+\]|[\w.-]+)(?::\d{1,5})?$/i

/** The name in a Host header, in lower case; null where it is not well-formed. */
export function hostNameOf(host: string): string | null {
  if (host.length > maxHostLength) return null
  const name = hostPattern.exec(host)?.groups?.['name']
  return name !== undefined && URL.canParse(`http://${host}`) ? name.toLowerCase() : null
}

export type HostVerdict = 'allowed' | 'malformed' | 'foreign'

export interface HostPolicy {
  /** HOST: where the server listens. */
  readonly host: string
  /** ALLOWED_HOSTS. */
  readonly allowedHosts: string
  readonly allowedOrigins: ReadonlySet<string>
}

/**
 * Under which names the server may be asked. A page whose name its owner lets point to this machine (DNS rebinding) is of one origin with
 * a server here, for a browser; only the Host header tells. Addresses are always allowed, as no name stands behind them; names are checked
 * where the server listens on this machine alone, or was told its names. See docs/decisions/0015.
 */
export function createHostCheck({ host, allowedHosts, allowedOrigins }: HostPolicy) {
  const listed = allowedHosts
    .split(',')
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== '')
  const isChecked = !listed.includes('*') && (listed.length > 0 || isLoopback(host))
  const allowed = new Set([
    'localhost',
    host.toLowerCase(),
    ...listed.map((name) => hostNameOf(name) ?? name),
    ...[...allowedOrigins].flatMap((origin) => (URL.canParse(origin) ? [new URL(origin).hostname] : [])),
  ])

  return ({ headers }: IncomingMessage): HostVerdict => {
    // HTTP/1.0 needs none, and no browser speaks it.
    if (headers.host === undefined) return 'allowed'
    const name = hostNameOf(headers.host)
    if (name === null) return 'malformed'
    return !isChecked || isAddress(name) || allowed.has(name) || name.endsWith('.localhost') ? 'allowed' : 'foreign'
  }
}

export type HostCheck = ReturnType<typeof createHostCheck>

/** How a request is answered whose host is not allowed. */
export function hostRefusalOf(
  verdict: HostVerdict,
): { readonly status: number; readonly message: string; readonly mistake?: ProxyMistake } | null {
  switch (verdict) {
    case 'allowed':
      return null
    case 'malformed':
      return { status: 400, message: 'The Host header is not well-formed.' }
    case 'foreign':
      return {
        status: 421,
        mistake: 'host-foreign',
        message:
          'This server is not asked under this name. To allow it, put the name into ALLOWED_HOSTS and restart the server.',
      }
    default:
      return verdict satisfies never
  }
}

const isAddress = (name: string) => name.startsWith('[') || isIP(name) !== 0

const loopback = new BlockList()
loopback.addSubnet('127.0.0.0', 8, 'ipv4')
loopback.addAddress('::1', 'ipv6')

/** Whether only this machine reaches a server that listens there. */
function isLoopback(host: string): boolean {
  const family = isIP(host)
  return family === 0 ? host.toLowerCase() === 'localhost' : loopback.check(host, family === 4 ? 'ipv4' : 'ipv6')
}
