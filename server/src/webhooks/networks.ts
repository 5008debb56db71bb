import { BlockList, isIP, isIPv4 } from 'node:net'

/** What is not of the public network, or leads out of it by another way: RFC 6890 and its registries. */
const notPublic: readonly string[] = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  // Also where clouds keep their metadata: 169.254.169.254.
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.31.196.0/24',
  '192.52.193.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '192.175.48.0/24',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
]

/** Of IPv6 all but this is refused: 2000::/3 is what is given out. */
const publicV6 = '2000::/3'
const notPublicV6: readonly string[] = [
  // Teredo, ORCHID and the like; documentation; 6to4, which has an IPv4 address within.
  '2001::/23',
  '2001:db8::/32',
  '2002::/16',
  '2620:4f:8000::/48',
  '3fff::/20',
]

/** Null where one of them is not a network: `10.0.0.0/8`, `fd00::/8`, or a single address. */
export function readNetworks(networks: readonly string[]): BlockList | null {
  const list = new BlockList()
  for (const network of networks) {
    const [address = '', prefix, more] = network.split('/')
    const bits = isIPv4(address) ? 32 : 128
    if (isIP(address) === 0 || more !== undefined || !/^\d{1,3}$/.test(prefix ?? `${bits}`)) return null
    const length = Number(prefix ?? bits)
    if (length > bits) return null
    list.addSubnet(address, length, familyOf(address))
  }
  return list
}

const known = (networks: readonly string[]): BlockList => readNetworks(networks) ?? new BlockList()

const familyOf = (address: string) => (isIPv4(address) ? 'ipv4' : 'ipv6')

const refused = known([...notPublic, ...notPublicV6])
const given = known([publicV6])

/** An IPv6 address that stands for one of IPv4 is looked at as that. */
const mapped = known(['::ffff:0:0/96'])

/** What an address is to the server: nobody's in particular, one that its operator has opened, or one to keep away from. */
export type Reach = 'public' | 'allowed' | 'refused'

export function reachOf(address: string, allowed: BlockList): Reach {
  const plain = withoutZone(address)
  if (isIP(plain) === 0) return 'refused'
  // BlockList looks at ::ffff:10.0.0.1 by the rules of IPv4 of itself.
  if (allowed.check(plain, familyOf(plain))) return 'allowed'
  if (refused.check(plain, familyOf(plain))) return 'refused'
  if (isIPv4(plain) || mapped.check(plain, 'ipv6')) return 'public'
  return given.check(plain, 'ipv6') ? 'public' : 'refused'
}

/** `fe80::1%eth0`. */
const withoutZone = (address: string): string => address.split('%', 1)[0] ?? ''
