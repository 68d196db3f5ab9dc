import { describe, expect, it } from 'vitest'
import { isLoopback, isPublicAddress, networkOf } from '../../src/base/net-address.ts'

describe('net-address: isLoopback', () => {
  it.each([
    '127.0.0.1',
    '127.255.0.9',
    '::1',
    '[::1]',
    '::ffff:127.0.0.1',
    'localhost',
    'LOCALHOST',
    'a.localhost',
  ])('holds for %s', host => {
    expect(isLoopback(host)).toBe(true)
  })

  it.each([
    '',
    '0.0.0.0',
    '10.0.0.1',
    '128.0.0.1',
    '::',
    'localhost.example.com',
    'example.com',
    '127.0.0.1.nip.io',
  ])('does not hold for %j', host => {
    expect(isLoopback(host)).toBe(false)
  })
})

describe('net-address: isPublicAddress', () => {
  it.each(['1.1.1.1', '8.8.8.8', '172.15.0.1', '2606:4700:4700::1111', '::ffff:8.8.8.8'])(
    'holds for %s',
    ip => {
      expect(isPublicAddress(ip)).toBe(true)
    },
  )

  it.each([
    ['this machine', ['0.0.0.0', '127.0.0.1', '::', '::1']],
    ['private networks', ['10.1.2.3', '172.16.0.1', '172.31.255.255', '192.168.0.1', 'fd00::1', 'fc00::1']],
    ['link-local, and the metadata services of clouds', ['169.254.169.254', 'fe80::1', 'fd00:ec2::254']],
    ['carrier-grade NAT', ['100.64.0.1', '100.127.255.254']],
    [
      'documentation and benchmarks',
      ['192.0.2.1', '198.51.100.1', '203.0.113.1', '198.18.0.1', '2001:db8::1'],
    ],
    [
      'multicast, broadcast and reserved',
      ['224.0.0.1', '255.255.255.255', '240.0.0.1', 'ff02::1', '192.0.0.1'],
    ],
    [
      'IPv4 in IPv6 clothes',
      ['::ffff:10.0.0.1', '::ffff:7f00:1', '64:ff9b::a00:1', '2002:a00:1::', '2001::1'],
    ],
    ['IPv6 outside of 2000::/3', ['::10.0.0.1', 'fec0::1', '4000::1', '100::1']],
    [
      'other spellings',
      ['127.1', '0x7f.0.0.1', '2130706433', '010.0.0.1', '1.1.1.1:80', '[::1]', 'example.com', ''],
    ],
  ])('does not hold for %s', (_kind, addresses) => {
    expect(addresses.filter(isPublicAddress)).toEqual([])
  })
})

describe('net-address: networkOf', () => {
  it.each([
    ['192.0.2.7', '192.0.2.7'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::'],
    ['2001:DB8:1:2::', '2001:db8:1:2::'],
    ['', ''],
    ['nonsense', 'nonsense'],
  ])('of %j is %j', (ip, network) => {
    expect(networkOf(ip)).toBe(network)
  })
})
