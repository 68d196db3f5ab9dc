// The installation's own keys: made when first needed, sealed at rest, replaced with an overlap in which both are known.
import { createPublicKey, generateKeyPair, type KeyObject } from 'node:crypto'
import { promisify } from 'node:util'
import { newId } from '../base/id.ts'
import { seal, unseal } from '../base/seal.ts'
import { selfSignedCertificate } from '../base/self-signed.ts'
import type { Context } from '../context.ts'
import { transact } from '../store/db.ts'
import {
  findSigningKey,
  insertSigningKey,
  type KeyPurpose,
  lastGeneration,
  listSigningKeys,
  retireOlderKeys,
  type SigningKey,
} from '../store/sign-in/signing-keys.ts'

export interface OpenKey {
  readonly id: string
  /** PEM. */
  readonly privateKey: string
  /** A JWK for tokens, a certificate for SAML. */
  readonly public: string
  readonly createdAt: string
  readonly activeAt: string
}

const minuteMs = 60_000
const dayMs = 24 * 60 * minuteMs

/**
 * How long a new key is shown before it signs, and an old one after that. Whoever verifies tokens asks us again within
 * minutes; an identity provider reads our metadata daily at best, and often an administrator has to carry it over.
 */
const overlaps = {
  token: { aheadMs: 15 * minuteMs, behindMs: 60 * minuteMs },
  saml: { aheadMs: 7 * dayMs, behindMs: 30 * dayMs },
} as const satisfies Record<KeyPurpose, object>

const certificateYears = 10

/** Every key that is shown, the newest first. One that no secret of ours opens any more is of no use. */
export async function readKeys(ctx: Context, purpose: KeyPurpose): Promise<OpenKey[]> {
  const keys = await listSigningKeys(ctx.db, purpose, ctx.now().toISOString())
  return keys.flatMap(key => open(ctx, key))
}

/** As `readKeys`, and there is at least one. */
export async function ensureKeys(ctx: Context, purpose: KeyPurpose): Promise<OpenKey[]> {
  // In this order: of two processes that find no key, both then make the key of one generation, and one of them counts.
  const last = await lastGeneration(ctx.db, purpose)
  const known = await readKeys(ctx, purpose)
  if (known.length > 0) return known
  await addKey(ctx, { purpose, generation: last + 1, aheadMs: 0 })
  return readKeys(ctx, purpose)
}

/** The newest that signs already; a first key signs at once, whatever the clock of the process that has made it said. */
export function signingKeyOf(keys: readonly OpenKey[], now: Date): OpenKey {
  const key = keys.find(each => each.activeAt <= now.toISOString()) ?? keys.at(-1)
  if (!key) throw new Error('expected a key that signs, but there is none')
  return key
}

/** A new key that is shown from now on and signs when everybody knows it; the old ones retire some time after that. */
export async function rotateKey(ctx: Context, purpose: KeyPurpose): Promise<SigningKey> {
  await ensureKeys(ctx, purpose)
  const generation = (await lastGeneration(ctx.db, purpose)) + 1
  return addKey(ctx, { purpose, generation, aheadMs: overlaps[purpose].aheadMs })
}

interface NewKey {
  readonly purpose: KeyPurpose
  readonly generation: number
  readonly aheadMs: number
}

/** The key of its generation, which may be one that another process has made in the meantime. */
async function addKey(ctx: Context, { purpose, generation, aheadMs }: NewKey): Promise<SigningKey> {
  const now = ctx.now()
  const privateKey = await generate(purpose)
  const activeAt = new Date(now.getTime() + aheadMs)
  const key: SigningKey = {
    purpose,
    generation,
    id: newId(),
    sealed: seal(ctx.config.secrets, privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()),
    public: purpose === 'token' ? jwkOf(privateKey) : certificateOf(ctx, privateKey),
    created_at: now.toISOString(),
    active_at: activeAt.toISOString(),
    retires_at: null,
  }
  return transact(ctx.db, async tx => {
    if (!(await insertSigningKey(tx, key))) return findSigningKey(tx, key)
    const retiresAt = new Date(activeAt.getTime() + overlaps[purpose].behindMs)
    await retireOlderKeys(tx, key, retiresAt.toISOString())
    return key
  })
}

const makeKeyPair = promisify(generateKeyPair)

async function generate(purpose: KeyPurpose): Promise<KeyObject> {
  const { privateKey } =
    purpose === 'token'
      ? await makeKeyPair('ec', { namedCurve: 'P-256' })
      : await makeKeyPair('rsa', { modulusLength: 2048 })
  return privateKey
}

const jwkOf = (privateKey: KeyObject) => JSON.stringify(createPublicKey(privateKey).export({ format: 'jwk' }))

function certificateOf({ config, now }: Context, privateKey: KeyObject): string {
  const notBefore = new Date(now().getTime() - dayMs)
  const notAfter = new Date(notBefore)
  notAfter.setUTCFullYear(notAfter.getUTCFullYear() + certificateYears)
  return selfSignedCertificate({
    privateKey,
    commonName: new URL(config.baseUrl).hostname,
    notBefore,
    notAfter,
  })
}

function open({ config, log }: Context, key: SigningKey): OpenKey[] {
  const { id, sealed, created_at: createdAt, active_at: activeAt } = key
  try {
    return [{ id, privateKey: unseal(config.secrets, sealed), public: key.public, createdAt, activeAt }]
  } catch (error) {
    log.error({ err: error, key: id, purpose: key.purpose }, 'a key of ours cannot be opened')
    return []
  }
}
