import { beforeAll, describe, expect, it } from 'vitest'
import type { IdentityProvider } from '../../../src/demo/provider.ts'
import { dialects } from '../../../src/demo/push/dialects.ts'
import { type Fault, faults } from '../../../src/demo/saml/faults.ts'
import { readEmail } from '../../../src/saml/assertion/email.ts'
import { judgeResponse, type Verdict } from '../../../src/saml/verdict.ts'
import { acme, application, firstOf, now } from '../acme.ts'

describe.each(dialects)('responses in the shape of $title', dialect => {
  let provider: IdentityProvider
  beforeAll(() => {
    provider = acme()
    provider.pusher.dialect = dialect
  })

  function judge(fault: Fault | undefined, { isAsked = true } = {}): Verdict {
    const { entityId, credentials } = provider.identity
    return judgeResponse({
      response: provider.respond({
        person: firstOf(provider),
        fault,
        inResponseTo: isAsked ? '_request' : undefined,
      }),
      connection: {
        spEntityId: application.serviceProvider.entityId,
        acsUrl: application.serviceProvider.acsUrl,
        idpEntityId: entityId,
        certificates: credentials.own.certificate,
        decryptionKeys: [],
        clockSkewSeconds: 180,
        allowSha1: false,
        allowCbc: false,
      },
      now,
    })
  }

  function emailIn(verdict: Verdict): string {
    if (verdict.outcome === 'refused') throw new Error(verdict.refusal.code)
    return readEmail({ ...verdict.assertion, names: {} })
  }

  it('are accepted, asked for or not', () => {
    expect(emailIn(judge(undefined))).toBe('ada.lovelace@acme.test')
    const [asked, unasked] = [judge(undefined), judge(undefined, { isAsked: false })]
    expect(asked).toMatchObject({ outcome: 'accepted', assertion: { inResponseTo: '_request' } })
    expect(unasked).toMatchObject({ outcome: 'accepted', assertion: { inResponseTo: null } })
  })

  it('with a fault of the document have the refusal that is promised', () => {
    const later = ['saml_replayed', 'saml_email_missing', 'saml_domain_not_allowed']
    const promised = faults.map(({ refusal }) => refusal).filter(refusal => !later.includes(refusal))
    const verdicts = faults.filter(({ refusal }) => !later.includes(refusal)).map(fault => judge(fault))
    const codes = verdicts.map(verdict => (verdict.outcome === 'refused' ? verdict.refusal.code : 'accepted'))
    expect(codes).toEqual(promised)
  })

  const faultNamed = (name: string) => faults.find(({ id }) => id === name)

  it('with a fault of the person are good documents about somebody else', () => {
    expect(emailIn(judge(faultNamed('foreign-domain')))).toBe('ada.lovelace@other.test')
    expect(() => emailIn(judge(faultNamed('no-email')))).toThrow(/e-mail/)
  })

  it('with the replay have the ID of the last good one', () => {
    const good = judge(undefined)
    judge(faultNamed('expired'))
    const replay = judge(faultNamed('replay'))
    if (good.outcome === 'refused' || replay.outcome === 'refused') throw new Error('expected good documents')
    expect(replay.assertion.id).toBe(good.assertion.id)
  })
})
