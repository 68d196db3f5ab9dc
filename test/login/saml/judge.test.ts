import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { JudgeThread } from '../../../src/login/saml/judge.ts'
import { judgeResponse, type Verdict } from '../../../src/saml/verdict.ts'
import { attacker } from '../../saml/keys.ts'
import { connection, encode, make, now } from '../../saml/provider.ts'

const folder = mkdtempSync(join(tmpdir(), 'gatehouse-judge-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** A thread that does something else. */
function program(text: string): URL {
  const file = join(folder, `${Math.random()}.mjs`)
  writeFileSync(
    file,
    `import { parentPort } from 'node:worker_threads'\n${text}\nparentPort.postMessage('ready')\n`,
  )
  return pathToFileURL(file)
}

/** The thread measures, and no two runs take as long. */
const withoutTimes = ({ checks, ...verdict }: Verdict) => ({
  ...verdict,
  checks: [...checks.values()].map(check => ({ ...check, ms: null })),
})

const good = () => ({ response: encode(make()), connection, now })

describe('JudgeThread', () => {
  const threads: JudgeThread[] = []
  const open = (...given: ConstructorParameters<typeof JudgeThread>) => {
    const thread = new JudgeThread(...given)
    threads.push(thread)
    return thread
  }
  afterEach(() => Promise.all(threads.splice(0).map(thread => thread.stop())))

  it('judges as the pure room does, one response after the other', async () => {
    const { judge } = open()
    const cases = [good(), { ...good(), response: encode(make({}, { signing: { key: attacker } })) }]
    const verdicts = await Promise.all([...cases, ...cases].map(judge))
    for (const [index, verdict] of verdicts.entries()) {
      const input = cases[index % 2]
      expect(withoutTimes(verdict)).toEqual(input && withoutTimes(judgeResponse(input)))
      expect(verdict.checks.get('signature')?.ms).toBeGreaterThanOrEqual(0)
    }
  })

  it('refuses a response that takes too long, and goes on with a new thread', async () => {
    const hangs = program(
      `parentPort.on('message', ({ response }) => { while (response === 'hang') {} ; parentPort.postMessage({ verdict: response }) })`,
    )
    const { judge } = open({ milliseconds: 200 }, hangs)
    const [slow, next] = await Promise.all([
      judge({ ...good(), response: 'hang' }),
      judge({ ...good(), response: 'next' }),
    ])
    expect(slow).toMatchObject({ outcome: 'refused', refusal: { code: 'saml_malformed' } })
    expect(slow.checks.get('xml')?.outcome).toBe('failed')
    expect(next).toBe('next')
  })

  it('refuses to let too many wait', async () => {
    const { judge } = open({ waiting: 2 })
    const answers = await Promise.allSettled([1, 2, 3].map(() => judge(good())))
    expect(answers.map(answer => answer.status)).toEqual(['fulfilled', 'fulfilled', 'rejected'])
    expect(answers[2]).toMatchObject({ reason: { kind: 'throttled' } })
    expect((await judge(good())).outcome).toBe('accepted')
  })

  it('survives a thread that breaks', async () => {
    const breaks = program(
      `parentPort.on('message', ({ response }) => { if (response === 'break') throw new Error('broken'); parentPort.postMessage({ verdict: response }) })`,
    )
    const { judge } = open({}, breaks)
    await expect(judge({ ...good(), response: 'break' })).rejects.toThrow('broken')
    expect(await judge({ ...good(), response: 'next' })).toBe('next')
  })

  it('tells an error of ours as one', async () => {
    const { judge } = open()
    const input = { ...good(), connection: { ...connection, certificates: 'none' } }
    await expect(judge(input)).rejects.toThrow('could not be judged')
    expect((await judge(good())).outcome).toBe('accepted')
  })
})
