// What sign-ins do to everybody else: how long a match takes meanwhile, and how soon hostile responses are refused.

import { size } from '../saml/hostile/size.ts'
import { wrapping } from '../saml/hostile/wrapping.ts'
import { finish, formOf, post } from './acs.ts'
import type { Part } from './bench.ts'
import { Calls } from './calls.ts'
import { atMost, type Goal } from './goals.ts'
import { measure } from './load.ts'
import { median, medianRatio, takeTurns, timeOf } from './rounds.ts'
import { type Answer, openSignInDomain, type SignInDomain } from './signed-responses.ts'

const perSecond = 50
const seconds = 3

export const signInsBeside: Part = {
  name: 'sign-ins',
  goals: ['P15', 'P16'],
  minutes: 10,
  run: async bench => {
    const domain = await openSignInDomain(bench)
    const match = { ...new Calls(domain.target, domain.people).reading(domain.server, 'match'), seconds }
    for (const answer of await domain.prepare(perSecond)) await finish(domain.acsUrl, answer)
    const seen = await takeTurns({
      without: () => measure(match),
      with: async () =>
        besideSignIns(domain, await domain.prepare(perSecond * seconds), () => measure(match)),
    })
    const p99 = (side: keyof typeof seen) => seen[side].map(each => each.p99)
    const got = medianRatio(p99('with'), p99('without'))
    return [atMost('P15 match p99: 50 sign-ins/s meanwhile ÷ none', 3, 2, got), await refuseHostile(domain)]
  },
}

/** Does the work while the answers are posted, one every so many milliseconds. */
async function besideSignIns<T>(
  { acsUrl }: SignInDomain,
  answers: readonly Answer[],
  work: () => Promise<T>,
): Promise<T> {
  const waiting = answers.values()
  const posted: Promise<void>[] = []
  const timer = setInterval(() => {
    const { value } = waiting.next()
    if (value) posted.push(finish(acsUrl, value))
  }, 1000 / perSecond)
  try {
    return await work()
  } finally {
    clearInterval(timer)
    await Promise.all(posted)
  }
}

/** One after the other, from the post to the end of the page that says why. */
async function refuseHostile({ acsUrl }: SignInDomain): Promise<Goal> {
  const documents = [...size, ...wrapping].map(({ name, response }) => ({
    name,
    form: formOf({ SAMLResponse: response }),
  }))
  const { times } = await takeTurns({
    times: async () => {
      const times: number[] = []
      for (const each of documents) times.push(await timeOf(() => refuse(acsUrl, each)))
      return times
    },
  })
  const worst = documents
    .map(({ name }, index) => ({ name, got: median(times.map(each => each[index] ?? Number.NaN)) }))
    .reduce((worst, each) => (each.got > worst.got ? each : worst))
  return atMost(`P16 hostile response refused (${worst.name}), ms`, 50, 20, worst.got)
}

async function refuse(acsUrl: string, { name, form }: { name: string; form: string }): Promise<void> {
  const status = await post(acsUrl, form)
  if (status < 400 || status >= 500) throw new Error(`${name} was answered ${status}`)
}
