import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import process from 'node:process'

// Answers as `/health` does and does nothing else: what it is late by, the machine is late by.
const server = createServer((_, response) => {
  response.setHeader('content-type', 'application/json')
  response.end('{"status":"ok"}')
})
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port))
process.on('disconnect', () => process.exit())
