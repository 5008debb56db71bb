import { expect, test } from 'vitest'
import { secretOf, signatureOf } from '../../src/webhooks/signature.ts'

test('signs as the libraries of Standard Webhooks do: their own example', () => {
  const message = { id: 'msg_p5jXN8AQM9LWM0D4loKWxJek', timestamp: 1_614_265_330, body: '{"test": 2432232314}' }
  const signature = signatureOf('whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', message)
  expect(signature).toBe('v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=')
})

test('a secret is one webhook’s and one server’s, and as long as they are to be', () => {
  const [key, other] = [new Uint8Array(32), new Uint8Array(32).fill(1)]
  const secret = secretOf(key, 'a')
  expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/)
  expect(new Set([secret, secretOf(key, 'b'), secretOf(other, 'a')]).size).toBe(3)
  expect(secretOf(key, 'a')).toBe(secret)
})
