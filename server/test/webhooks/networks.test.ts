import { BlockList } from 'node:net'
import { expect, test } from 'vitest'
import { readNetworks, reachOf } from '../../src/webhooks/networks.ts'
import { readEnvironment } from '../../src/env.ts'

const nothing = new BlockList()

const refused = [
  ...['0.0.0.0', '10.0.0.1', '10.255.255.255', '100.64.0.1', '100.127.255.255', '127.0.0.1', '127.255.255.254'],
  ...['169.254.169.254', '172.16.0.1', '172.31.255.255', '192.0.0.1', '192.0.2.1', '192.88.99.1', '192.168.0.1'],
  ...['198.18.0.1', '198.19.255.255', '198.51.100.1', '203.0.113.1', '224.0.0.1', '239.255.255.255', '240.0.0.1'],
  ...['255.255.255.255', '::', '::1', '::127.0.0.1', '::ffff:127.0.0.1', '::ffff:7f00:1', '::ffff:10.0.0.1'],
  ...['::ffff:169.254.169.254', '::ffff:0:127.0.0.1', '64:ff9b::7f00:1', '64:ff9b:1::1', '100::1', '2001::1'],
  ...['2001:db8::1', '2002:7f00:1::1', '3fff::1', 'fc00::1', 'fd00:ec2::254', 'fe80::1', 'fe80::1%eth0', 'fec0::1'],
  ...['ff02::1', '5f00::1', '', 'localhost', '127.1', '0x7f000001', '2130706433'],
]

test.each(refused)('%s is refused', (address) => {
  expect(reachOf(address, nothing)).toBe('refused')
})

test.each(['1.1.1.1', '100.128.0.1', '172.32.0.1', '192.167.255.255', '11.0.0.1', '2606:4700::1111', '::ffff:1.1.1.1'])(
  '%s is public',
  (address) => {
    expect(reachOf(address, nothing)).toBe('public')
  },
)

test('an operator allows networks, and nothing beside them', () => {
  const allowed = readNetworks(['10.1.0.0/16', 'fd00:1::/32', '127.0.0.1']) ?? nothing
  for (const address of ['10.1.2.3', '::ffff:10.1.2.3', 'fd00:1::5', '127.0.0.1'])
    expect([address, reachOf(address, allowed)]).toEqual([address, 'allowed'])
  for (const address of ['10.2.0.1', 'fd00:2::1', '127.0.0.2', '169.254.169.254', '::1'])
    expect([address, reachOf(address, allowed)]).toEqual([address, 'refused'])
})

test.each(['10.0.0.0/33', 'example.com', '10.0.0', '*', '10.0.0.0/8/8', 'fd00::/129'])(
  '%s is no network',
  (network) => {
    expect(readNetworks([network])).toBeNull()
    const outcome = readEnvironment({ WEBHOOK_NETWORKS: `10.0.0.0/8, ${network}` })
    expect(outcome).toMatchObject({ kind: 'invalid', problems: [expect.stringContaining('WEBHOOK_NETWORKS')] })
  },
)
