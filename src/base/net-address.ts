// Telling addresses apart: the machine itself, private networks, the public internet.
import ipaddr from 'ipaddr.js'

const globalIpv6 = ipaddr.IPv6.parseCIDR('2000::/3')

/** A host name or address, brackets allowed, that can only be this machine. */
export function isLoopback(host: string): boolean {
  const name = host.toLowerCase().replace(/^\[(.*)\]$/, '$1')
  if (name === 'localhost' || name.endsWith('.localhost')) return true
  return parseAddress(name)?.range() === 'loopback'
}

/** An address that belongs to the public internet; false for anything private, reserved, tunnelled or malformed. */
export function isPublicAddress(ip: string): boolean {
  const address = parseAddress(ip)
  if (address === undefined || address.range() !== 'unicast') return false
  return address.kind() === 'ipv4' || address.match(globalIpv6)
}

/** What one subscriber has at least: an IPv4 address, or the /64 of an IPv6 one. Text that is no address is itself. */
export function networkOf(ip: string): string {
  const address = parseAddress(ip)
  if (!(address instanceof ipaddr.IPv6)) return address?.toString() ?? ip
  return new ipaddr.IPv6([...address.parts.slice(0, 4), 0, 0, 0, 0]).toString()
}

/** Only the forms a resolver answers: `0x7f.1` and `127.1` are not addresses. IPv4 in IPv6 clothes is IPv4. */
function parseAddress(text: string): ipaddr.IPv4 | ipaddr.IPv6 | undefined {
  if (ipaddr.IPv4.isValidFourPartDecimal(text)) return ipaddr.IPv4.parse(text)
  return ipaddr.IPv6.isValid(text) ? ipaddr.process(text) : undefined
}
