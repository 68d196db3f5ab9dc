import { describe, expect, it } from 'vitest'
import { createLog, type LogLevel } from '../../src/base/log.ts'

function logInto(level: LogLevel) {
  const lines: string[] = []
  const log = createLog(level, { write: line => lines.push(line) })
  return { log, lines, last: () => JSON.parse(lines.at(-1) ?? '') }
}

describe('log', () => {
  it('writes one JSON object a line, with level name, time in UTC and message', () => {
    const { log, lines, last } = logInto('info')
    log.info({ port: 3000 }, 'listening')
    expect(lines).toHaveLength(1)
    expect(lines[0]).toMatch(/^\{.*\}\n$/)
    expect(last()).toEqual({
      level: 'info',
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      port: 3000,
      msg: 'listening',
    })
  })

  it('leaves out what is less severe than its level', () => {
    const { log, lines } = logInto('warn')
    log.info('no')
    log.warn('yes')
    expect(lines).toHaveLength(1)
    const silent = logInto('silent')
    silent.log.fatal('no')
    expect(silent.lines).toHaveLength(0)
  })

  it.each(['authorization', 'cookie', 'set-cookie', 'password', 'secret', 'token'])(
    'removes the value of %s, at the top and two levels down',
    key => {
      const { log, lines, last } = logInto('info')
      log.info({ [key]: 'hunter2', request: { [key]: 'hunter2', headers: { [key]: 'hunter2', host: 'a' } } })
      expect(lines[0]).not.toContain('hunter2')
      expect(last()).toMatchObject({
        [key]: '***',
        request: { [key]: '***', headers: { [key]: '***', host: 'a' } },
      })
    },
  )

  it('keeps the values in a database error to itself', () => {
    const { log, lines, last } = logInto('info')
    const values = {
      detail: 'Key (email)=(ada@acme.test) exists.',
      where: 'unnamed parameter $1 = ada@acme.test',
    }
    log.error(
      { err: Object.assign(new Error('duplicate key'), values, { constraint: 'people_email_key' }) },
      'failed',
    )
    expect(lines[0]).not.toContain('ada@')
    expect(last().err).toMatchObject({
      message: 'duplicate key',
      constraint: 'people_email_key',
      detail: '***',
    })
  })

  it('shows an error with its stack and cause', () => {
    const { log, last } = logInto('info')
    log.error({ err: new Error('outer', { cause: new Error('inner') }) }, 'failed')
    expect(last().err.stack).toContain('inner')
  })
})
