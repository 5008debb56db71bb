import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { connect, createServer, type AddressInfo } from 'node:net'
import path from 'node:path'
import { TLSSocket } from 'node:tls'
import type { WhenDone } from '../support/cleanup.ts'

/** Makes the certificate of an authority of its own, and one of `localhost` that it has signed. */
export function makeCertificates(folder: string): void {
  const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' })
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes']
  openssl('req', '-x509', ...key, '-keyout', 'ca.key', '-out', 'ca.crt', '-days', '2', '-subj', '/CN=an authority')
  openssl('req', ...key, '-keyout', 'server.key', '-out', 'server.csr', '-subj', '/CN=localhost')
  writeFileSync(path.join(folder, 'names'), 'subjectAltName=DNS:localhost')
  const signed = ['-CA', 'ca.crt', '-CAkey', 'ca.key', '-CAcreateserial', '-extfile', 'names', '-days', '2']
  openssl('x509', '-req', '-in', 'server.csr', '-out', 'server.crt', ...signed)
}

/** What a client of PostgreSQL says first to ask for TLS, and how it is told that there is. */
const requestLength = 8
const yes = 'S'

/** Puts TLS in front of a PostgreSQL, as its own protocol has it. Gives the port. */
export async function startTlsInFront(folder: string, port: number, whenDone: WhenDone): Promise<number> {
  const read = (name: string) => readFileSync(path.join(folder, name))
  const [cert, key] = [read('server.crt'), read('server.key')]
  const server = createServer((socket) => {
    socket.on('error', () => socket.destroy())
    socket.once('readable', () => {
      socket.read(requestLength)
      socket.write(yes)
      const inside = new TLSSocket(socket, { isServer: true, cert, key })
      const database = connect(port, '127.0.0.1')
      for (const end of [inside, database])
        end.on('error', () => {
          inside.destroy()
          database.destroy()
        })
      inside.pipe(database).pipe(inside)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, resolve))
  whenDone(() => server.close())
  return (server.address() as AddressInfo).port
}
