// The house rules, read off the import lines: who may import whom, no circles, no package outside its room, no long file.

import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize, relative, sep } from 'node:path'
import { describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '..')

/** Room → the rooms it may import besides itself. */
const rooms: Record<string, readonly string[]> = {
  base: [],
  scim: [],
  saml: [],
  config: ['base'],
  outside: ['base', 'config'],
  domain: ['scim', 'saml', 'base'],
  store: ['domain', 'scim', 'base', 'migrations'],
  migrations: [],
  context: ['config', 'store/db', 'base', 'outside'],
  provision: ['context', 'store', 'domain', 'scim', 'saml', 'base', 'outside', 'config'],
  login: ['context', 'store', 'domain', 'scim', 'saml', 'base', 'outside', 'config'],
  manage: ['context', 'store', 'domain', 'scim', 'saml', 'base', 'outside', 'config'],
  http: ['context', 'provision', 'login', 'manage', 'domain', 'base', 'scim', 'config'],
  jobs: ['context', 'provision', 'login', 'manage', 'store/records/jobs', 'domain', 'base', 'config'],
  commands: [
    'context',
    'provision',
    'login',
    'manage',
    'store/db',
    'store/migrate',
    'domain',
    'base',
    'config',
    'outside',
    'http',
    'jobs',
    'demo',
  ],
  demo: ['base'],
  main: ['commands', 'config'],
}

/** Package → the only rooms that may name it. */
const packages: Record<string, readonly string[]> = {
  '@hono/node-server': ['http', 'commands', 'demo'],
  '@node-saml/node-saml': ['saml'],
  'better-sqlite3': ['store'],
  aws4fetch: ['outside'],
  fontkit: ['outside'],
  'ipaddr.js': ['base'],
  'lru-cache': ['store', 'provision', 'login'],
  'rate-limiter-flexible': ['http'],
  'xml-crypto': ['saml', 'demo'],
  commander: ['commands'],
  hono: ['http', 'demo'],
  jose: ['login', 'outside'],
  kysely: ['store', 'migrations'],
  nodemailer: ['outside'],
  pdfkit: ['outside'],
  pg: ['store'],
  pino: ['base'],
  saxes: ['saml'],
  tldts: ['domain'],
  uuid: ['base'],
  zod: ['http', 'manage'],
}

interface Source {
  readonly path: string
  readonly room: string
  readonly text: string
  readonly imports: readonly string[]
}

const sources: readonly Source[] = ['src', 'migrations'].flatMap(folder =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('.ts'))
    .map(name => readSource(join(folder, name))),
)
const byPath = new Map(sources.map(source => [source.path, source]))

function readSource(path: string): Source {
  const text = readFileSync(join(root, path), 'utf8')
  const lines = /^(?:import|export)\b[^'"`;]*?\bfrom\s+'([^']+)'|^import\s+'([^']+)'|\bimport\('([^']+)'\)/gm
  const imports = [...text.matchAll(lines)].map(match => match[1] ?? match[2] ?? match[3] ?? '')
  return { path, room: roomOf(path), text, imports }
}

function roomOf(path: string): string {
  const [top, second = ''] = path.split(sep)
  return top === 'src' ? second.replace(/\.ts$/, '') : (top ?? '')
}

const own = (source: Source) =>
  source.imports
    .filter(name => name.startsWith('.') && name.endsWith('.ts'))
    .map(name => normalize(join(dirname(source.path), name)))

function mayImport(source: Source, target: string): boolean {
  const place = target.replace(/^src\//, '').replace(/\.ts$/, '')
  if (roomOf(target) === source.room) return true
  return (rooms[source.room] ?? []).some(allowed => place === allowed || place.startsWith(`${allowed}/`))
}

function packageOf(name: string): string {
  return name
    .split('/')
    .slice(0, name.startsWith('@') ? 2 : 1)
    .join('/')
}

/** Every circle among the files, as the path that closes it. */
function findCircles(): string[] {
  const done = new Set<string>()
  const circles: string[] = []
  const walk = (path: string, trail: readonly string[]): void => {
    if (trail.includes(path)) circles.push([...trail.slice(trail.indexOf(path)), path].join(' → '))
    if (trail.includes(path) || done.has(path)) return
    const source = byPath.get(path)
    if (source) for (const next of own(source)) walk(next, [...trail, path])
    done.add(path)
  }
  for (const source of sources) walk(source.path, [])
  return circles
}

/** Named functions and methods with their length, by the indentation that the formatter guarantees. */
function longFunctions(source: Source, limit: number): string[] {
  const lines = source.text.split('\n')
  const found: string[] = []
  for (const [start, line] of lines.entries()) {
    const head =
      /^( *)(?:export )?(?:async )?(?:function\*? (\w+)|(?:const (\w+) = .*=> \{$)|(?:static |async |private )*(\w+)\(.*\{$)/.exec(
        line,
      )
    if (!head || /^ *(?:if|for|while|switch|return|catch)\b/.test(line)) continue
    const end = lines.findIndex((each, index) => index > start && each.startsWith(`${head[1]}}`))
    if (end - start + 1 > limit)
      found.push(`${source.path}: ${head[2] ?? head[3] ?? head[4]} has ${end - start + 1} lines`)
  }
  return found
}

const lengthOf = (source: Source) => source.text.trimEnd().split('\n').length

describe('architecture', () => {
  it('reads a house that is really there', () => {
    expect(sources.length).toBeGreaterThan(20)
    expect(new Set(sources.map(source => source.room)).difference(new Set(Object.keys(rooms)))).toEqual(
      new Set(),
    )
  })

  it('lets no room import what the picture does not allow', () => {
    const breaches = sources.flatMap(source =>
      own(source)
        .filter(target => !mayImport(source, target))
        .map(target => `${source.path} imports ${target}`),
    )
    expect(breaches).toEqual([])
  })

  it('imports only files that exist, by their full name', () => {
    const lost = sources.flatMap(source =>
      own(source)
        .filter(target => !byPath.has(target))
        .map(target => `${source.path} → ${relative(root, join(root, target))}`),
    )
    expect(lost).toEqual([])
  })

  it('keeps every package in its room', () => {
    const breaches = sources.flatMap(source =>
      source.imports
        .filter(name => !name.startsWith('.') && !name.startsWith('node:'))
        .filter(name => !(packages[packageOf(name)] ?? []).includes(source.room))
        .map(name => `${source.path} uses ${name}`),
    )
    expect(breaches).toEqual([])
  })

  it('has no circles', () => {
    expect(findCircles()).toEqual([])
  })

  it('reads the environment in one place', () => {
    const readers = sources.filter(source => /process\.env\b/.test(source.text)).map(source => source.path)
    expect(readers.every(path => path.startsWith('src/config') || path === 'src/main.ts')).toBe(true)
  })

  it('keeps files short: 250 lines, 300 for schemas, and a median of at most 130', () => {
    const limit = (path: string) => (/schemas\//.test(path) ? 300 : 250)
    const long = sources
      .filter(source => lengthOf(source) > limit(source.path))
      .map(source => `${source.path}: ${lengthOf(source)}`)
    const lengths = sources.map(lengthOf).sort((a, b) => a - b)
    expect(long).toEqual([])
    expect(lengths[Math.floor(lengths.length / 2)]).toBeLessThanOrEqual(130)
    expect(lengths[Math.floor(lengths.length * 0.9)]).toBeLessThanOrEqual(200)
  })

  it('keeps functions short: 60 lines', () => {
    expect(sources.flatMap(source => longFunctions(source, 60))).toEqual([])
  })

  it('says in the first line of every file what the room holds', () => {
    const silent = sources
      .filter(source => !/^(?:#!.*\n)?\/\/ \S.{20,}/.test(source.text))
      .map(source => source.path)
    expect(silent).toEqual([])
  })
})
