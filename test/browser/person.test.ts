// A person's page as an administrator uses it: from a push that shuts somebody out to the one that lets them in again.
import { expect, it } from 'vitest'
import { onSite } from './site.ts'

onSite("a person's page", site => {
  const userOf = async (name: string) =>
    site.ctx.db.selectFrom('users').selectAll().where('user_name', '=', `${name}@acme.test`).executeTakeFirstOrThrow()
  it('looks right in every width and light', async () => {
    const ada = await userOf('ada.lovelace')
    await site.inspect('person', `/people/${ada.person_id}`)
  }, 120_000)
})
