import type { IncomingMessage } from 'node:http'
import { isIP } from 'node:net'

/**
 * Where a request comes from. Each trusted proxy appends one entry to X-Forwarded-For, so the client's stands as many from the right as there
 * are proxies; what stands further left the client wrote itself.
 */
export function clientAddress(request: IncomingMessage, trustedProxies: number): string {
  const direct = request.socket.remoteAddress ?? 'unknown'
  if (trustedProxies === 0) return normalize(direct)
  const entries = header(request, 'x-forwarded-for')
    .split(',')
    .map((entry) => entry.trim())
  const entry = entries[Math.max(0, entries.length - trustedProxies)] ?? ''
  return normalize(isIP(entry) === 0 ? direct : entry)
}

/** Whether the client speaks https, to this server or to the first of its trusted proxies. */
export function isHttps(request: IncomingMessage, trustedProxies: number): boolean {
  if ('encrypted' in request.socket) return true
  return trustedProxies > 0 && header(request, 'x-forwarded-proto').split(',')[0]?.trim() === 'https'
}

const header = (request: IncomingMessage, name: string) => [request.headers[name] ?? []].flat().join(',')

/** IPv4 plain, also where the system shows it as IPv6; without the name of the interface. */
const normalize = (address: string) => address.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '')
