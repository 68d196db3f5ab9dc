// A person's page as an administrator uses it: from a push that shuts somebody out to the one that lets them in again.
import { expect, it } from 'vitest'
import { signInOnce } from '../../src/demo/story.ts'
import { operatorCaller } from '../../src/manage/caller.ts'
import { createInvite } from '../../src/manage/invites.ts'
import { onSite } from './site.ts'

onSite("a person's page", site => {
  const userOf = (name: string) =>
    site.ctx.db
      .selectFrom('users')
      .selectAll()
      .where('user_name', '=', `${name}@acme.test`)
      .executeTakeFirstOrThrow()
  const pathOf = async (name: string) => `/people/${(await userOf(name)).person_id}`
  const signIn = async (name: string) => {
    const person = site.provider.directory.people.find(({ address }) => address === `${name}@acme.test`)
    if (!person) throw new Error(`expected ${name} in the directory`)
    await signInOnce(site.provider, person)
  }
  /** As Okta does. */
  const setActive = async (name: string, active: boolean) => {
    const { baseUrl, token } = site.provider.application.scim
    const response = await fetch(`${baseUrl}/Users/${(await userOf(name)).id}`, {
      method: 'PATCH',
      headers: {
        Authorization: `Bearer ${token}`,
        'Content-Type': 'application/scim+json',
        'User-Agent': 'Okta SCIM Client 1.0.0',
      },
      body: JSON.stringify({
        schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
        Operations: [{ op: 'replace', value: { active } }],
      }),
    })
    expect(response.status).toBe(200)
  }
  /** The log is written a moment after the answer. */
  const logged = () => new Promise(resolve => setTimeout(resolve, 400))

  it('tells from the list to the cause who shut somebody out, and that they are in again', async () => {
    const page = await site.openPage('/members?q=ada')
    await page.getByRole('link', { name: 'Ada Lovelace' }).click()
    const verdict = page.getByRole('region', { name: 'Verdict' })
    expect(await verdict.textContent()).toContain('Can sign in')
    await setActive('ada.lovelace', false)
    await logged()
    await page.reload()
    expect(await verdict.textContent()).toMatch(/Cannot sign in: deactivated by Okta \d+ s ago/)
    await verdict.getByRole('link', { name: 'See the request' }).click()
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toContain('Deactivated')
    await page.getByRole('link', { name: 'Ada Lovelace' }).first().click()
    await page.waitForURL(/\/people\//)
    await setActive('ada.lovelace', true)
    await page.reload()
    expect(await verdict.textContent()).toContain('Can sign in')
  })

  it('says why a sign-in was refused, and goes to its steps', async () => {
    await setActive('alan.turing', false)
    await signIn('alan.turing')
    await logged()
    const page = await site.openPage(await pathOf('alan.turing'))
    const verdict = page.getByRole('region', { name: 'Verdict' })
    await verdict.getByRole('link', { name: 'saml_user_deactivated' }).click()
    await page.waitForURL(/\/sign-ins\//)
    expect(await page.textContent('main')).toContain('saml_user_deactivated')
    await setActive('alan.turing', true)
  })

  it('ends every session of somebody', async () => {
    await signIn('katherine.johnson')
    const page = await site.openPage(`${await pathOf('katherine.johnson')}`)
    expect(await page.textContent('#sessions')).toContain('By SAML of acme.test')
    await page.getByText('End all …').click()
    await page.getByRole('button', { name: 'End all sessions' }).click()
    expect(await page.getByRole('status').textContent()).toContain('ended')
    expect(await page.textContent('#sessions')).toContain('Not signed in')
  })

  it('works without scripts: filters, older entries, a new level', async () => {
    const page = await site.openPage(await pathOf('grace.hopper'), { javaScriptEnabled: false })
    await page.getByRole('link', { name: 'Changes', exact: true }).click()
    expect(page.url()).toContain('show=changes')
    await page.goto(site.ctx.config.baseUrl + (await pathOf('barbara.liskov')))
    await page.getByLabel('New level').selectOption({ label: 'admin' })
    await page.getByRole('button', { name: 'Set' }).click()
    expect(await page.textContent('#timeline')).toContain('The level changed from member to admin')
  })

  it('answers for an address that nobody has', async () => {
    const page = await site.openPage('/people')
    await page.keyboard.press('/')
    await page.keyboard.type('newcomer@acme.test')
    await page.keyboard.press('Enter')
    await page.getByRole('region', { name: 'Verdict' }).waitFor()
    expect(await page.textContent('main')).toContain('just-in-time provisioning is off')
  })

  it('looks right in every width and light', async () => {
    const [domain] = await site.ctx.db.selectFrom('domains').selectAll().execute()
    const operator = operatorCaller(domain?.organization_id ?? '')
    await createInvite(site.ctx, operator, {
      target_email: 'invited@acme.test',
      first_name: '',
      level: 8,
      message: '',
      private_project_access: [],
      send_email: false,
      combine_pending_invites: false,
    })
    await signIn('ada.lovelace')
    await signIn('ada.lovelace')
    await setActive('edsger.dijkstra', false)
    await signIn('edsger.dijkstra')
    await logged()
    await site.inspect('person', await pathOf('ada.lovelace'))
    await site.inspect('person-deactivated', await pathOf('edsger.dijkstra'))
    await site.inspect('person-owner', `/people?email=owner%40acme.test`)
    await site.inspect('person-invited', '/people?email=invited%40acme.test')
    await site.inspect('person-unknown', '/people?email=nobody%40acme.test')
    await site.inspect(
      'person-nothing',
      `${await pathOf('ada.lovelace')}?before=00000000-0000-7000-8000-000000000000`,
    )
    await site.inspect('person-look-up', '/people')
  }, 240_000)
})
