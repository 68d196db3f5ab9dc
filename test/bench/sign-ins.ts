// Whole sign-ins a second, up to the session's cookie, beside bare validations of the same responses by node-saml.

import { SAML, ValidateInResponseTo } from '@node-saml/node-saml'
import { idp } from '../saml/keys.ts'
import { finish } from './acs.ts'
import type { Part } from './bench.ts'
import { atLeast } from './goals.ts'
import { inParallel } from './in-parallel.ts'
import { medianRatio, takeTurns, timeOf } from './rounds.ts'
import { type Answer, openSignInDomain, type SignInDomain } from './signed-responses.ts'

const warmUp = 300
const perRound = 600
const validations = 300

export const signIns: Part = {
  name: 'sign-ins',
  goals: ['P14'],
  minutes: 10,
  run: async bench => {
    const domain = await openSignInDomain(bench)
    await finishAll(domain, await domain.prepare(warmUp))
    const documents = await domain.prepare(validations)
    const validate = validatorFor(domain)
    const seen = await takeTurns({
      ours: async () => finishAll(domain, await domain.prepare(perRound)),
      theirs: () => validateAll(validate, documents),
    })
    const got = medianRatio(seen.ours, seen.theirs)
    return [atLeast('P14 whole sign-ins ÷ bare node-saml validations', 0.8, 3, got)]
  },
}

/** Sign-ins a second. */
async function finishAll({ acsUrl }: SignInDomain, answers: readonly Answer[]): Promise<number> {
  const waiting = answers.values()
  const time = await timeOf(() =>
    inParallel(answers.length, async () => {
      const { value } = waiting.next()
      if (value) await finish(acsUrl, value)
    }),
  )
  return (answers.length * 1000) / time
}

type Validate = (response: string) => Promise<void>

function validatorFor({ acsUrl, spEntityId }: SignInDomain): Validate {
  const saml = new SAML({
    idpCert: [idp.certificate],
    issuer: spEntityId,
    audience: spEntityId,
    callbackUrl: acsUrl,
    validateInResponseTo: ValidateInResponseTo.never,
    wantAuthnResponseSigned: false,
    wantAssertionsSigned: true,
    acceptedClockSkewMs: 180_000,
  })
  return async SAMLResponse => {
    const { profile } = await saml.validatePostResponseAsync({ SAMLResponse })
    if (!profile?.nameID) throw new Error('node-saml signs nobody in')
  }
}

async function validateAll(validate: Validate, answers: readonly Answer[]): Promise<number> {
  const time = await timeOf(async () => {
    for (const { response } of answers) await validate(response)
  })
  return (answers.length * 1000) / time
}
