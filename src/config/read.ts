// How the text of a setting becomes its value; what does not fit is refused by saying what was expected.
import { isIP } from 'node:net'
import { isLoopback } from '../base/net-address.ts'

/** `message` completes the sentence "expected …". */
export class Unfit extends Error {}

/** `burst` requests at once, then `perMinute` evenly; 0 is no limit. */
type Rate = { perMinute: number; burst: number } | 0
type HourlyRate = { perMinute: number; perHour: number } | 0

export const number =
  (least: number, most: number) =>
  (text: string): number => {
    const value = Number(text)
    if (!/^-?\d{1,15}$/.test(text) || value < least || value > most) {
      throw new Unfit(`a whole number from ${least} to ${most}`)
    }
    return value
  }

export const choice =
  <const T extends string>(choices: readonly T[]) =>
  (text: string): T => {
    const chosen = choices.find(each => each === text)
    if (chosen === undefined) throw new Unfit(`one of ${choices.join(', ')}`)
    return chosen
  }

export const onOff = (text: string): boolean => choice(['on', 'off'])(text) === 'on'

export const list =
  <T>(readOne: (text: string) => T) =>
  (text: string): readonly T[] =>
    text === '' ? [] : text.split(',').map(part => readOne(part.trim()))

export function rate(text: string): Rate {
  const [perMinute, burst] = oneOrTwoNumbers(text)
  return perMinute === 0 ? 0 : { perMinute, burst: burst ?? Math.ceil(perMinute / 6) }
}

export function hourlyRate(text: string): HourlyRate {
  const [perMinute, perHour] = oneOrTwoNumbers(text)
  return perMinute === 0 ? 0 : { perMinute, perHour: perHour ?? perMinute * 10 }
}

function oneOrTwoNumbers(text: string): [number, number?] {
  const form = /^(\d{1,9})(?:,([1-9]\d{0,8}))?$/.exec(text.replaceAll(' ', ''))
  if (form === null) throw new Unfit('one or two whole numbers with a comma between them, or 0')
  return form[2] === undefined ? [Number(form[1])] : [Number(form[1]), Number(form[2])]
}

/** Scheme, host and port, without a slash at the end. */
export function origin(text: string): string {
  const url = URL.parse(text)
  const isOrigin = url !== null && url.href === `${url.origin}/` && /^https?:/.test(url.protocol)
  if (!isOrigin) throw new Unfit('an http or https URL without path, query or credentials')
  return url.origin
}

/** An exact place on another server: https, or http on this machine. */
export function applicationUrl(text: string): string {
  const url = URL.parse(text)
  const isSafe = url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback(url.hostname))
  const isPlain = url?.href === `${url?.origin}${url?.pathname}`
  if (!url || !isSafe || !isPlain) {
    throw new Unfit('https URLs (http on this machine) without query, fragment or credentials')
  }
  return url.href
}

/** Where a service is; without a slash at the end. */
export function serviceUrl(text: string): string {
  const url = URL.parse(text)
  const isPlain =
    url !== null && url.href === `${url.origin}${url.pathname}` && /^https?:$/.test(url.protocol)
  if (!isPlain) throw new Unfit('an http or https URL without query, fragment or credentials')
  return url.href.replace(/\/+$/, '')
}

/** Anything on one line. */
export function words(text: string): string {
  if (/^[^\p{Cc}]*$/u.test(text)) return text.trim()
  throw new Unfit('text on one line')
}

export function databaseUrl(text: string): string {
  if (/^sqlite:./.test(text) || /^postgres(ql)?:\/\/./.test(text)) return text
  throw new Unfit('sqlite:PATH or a postgres:// URL')
}

export function smtpUrl(text: string): string {
  const url = URL.parse(text)
  if (text === '' || (/^smtps?:$/.test(url?.protocol ?? '') && url?.hostname)) return text
  throw new Unfit('an smtp:// or smtps:// URL')
}

/** Who a mail is from. */
export function mailbox(text: string): string {
  if (
    /^(?:[^<>@"\p{Cc}]* <)?[^\s<>@"]+@[^\s<>@"]+>?$/u.test(text) &&
    text.includes('<') === text.endsWith('>')
  )
    return text
  throw new Unfit('an address, or a name with an address in angle brackets')
}

export function host(text: string): string {
  if (isIP(text) !== 0 || /^[A-Za-z0-9.-]{1,253}$/.test(text)) return text
  throw new Unfit('a host name or an address')
}

export function path(text: string): string {
  if (!text.includes('\0')) return text.length > 1 ? text.replace(/\/+$/, '') : text
  throw new Unfit('the path of a folder')
}

export function secret(text: string): string {
  if (text.length >= 32) return text
  throw new Unfit('at least 32 characters in each secret')
}

/** `ADDRESS`, `ADDRESS:PORT` or `[IPV6]:PORT`. */
export function nameServer(text: string): string {
  const form = /^(?:\[(?<v6>[^\]]+)\]|(?<v4>[\d.]+))(?::(?<port>\d{1,5}))?$/.exec(text)
  const address = form?.groups?.v6 ?? form?.groups?.v4 ?? text
  if (isIP(address) !== 0 && Number(form?.groups?.port ?? 53) <= 65_535) return text
  throw new Unfit('addresses of name servers, each with or without a port')
}

/** Part of the DNS label `_PREFIX-challenge`, which is at most 63 characters long. */
export function prefix(text: string): string {
  if (/^[a-z0-9]([a-z0-9-]{0,48}[a-z0-9])?$/.test(text)) return text
  throw new Unfit('1 to 50 lower-case letters, digits and inner hyphens')
}
