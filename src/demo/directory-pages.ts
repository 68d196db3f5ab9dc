// The pages on which the directory is changed and pushed.
import type { Hono } from 'hono'
import { readForm } from './form.ts'
import { homePage } from './pages/home.ts'
import { messagePage } from './pages/sign-in.ts'
import type { IdentityProvider } from './provider.ts'
import { dialects } from './push/dialects.ts'

export function addDirectory(app: Hono, provider: IdentityProvider): void {
  const { directory, pusher, application } = provider
  const { company } = directory
  const { loginUrl } = application
  const unknown = 'There is no such person or group in the directory.'

  app.get('/', c => c.html(homePage({ directory, pusher, loginUrl, metadataUrl: '/metadata' })))

  app.post('/push', async c => {
    const text = await readForm(c)
    const dialect = dialects.find(({ name }) => name === text('dialect'))
    if (dialect) pusher.dialect = dialect
    if (text('push') !== '') await provider.pushAll()
    return c.redirect('/', 303)
  })

  app.post('/people', async c => {
    const text = await readForm(c)
    const person = directory.add({
      givenName: text('given_name'),
      familyName: text('family_name'),
      group: text('group'),
    })
    if (person) return c.redirect(`/#${person.id}`, 303)
    return c.html(
      messagePage(company, 'Expected a given and a family name in Latin letters, and a group.'),
      400,
    )
  })

  app.post('/people/:id/active', async c => {
    const text = await readForm(c)
    const person = directory.change(c.req.param('id'), { isActive: text('active') === 'true' })
    return person ? c.redirect(`/#${person.id}`, 303) : c.html(messagePage(company, unknown), 404)
  })

  app.post('/people/:id/group', async c => {
    const text = await readForm(c)
    const person = directory.change(c.req.param('id'), { group: text('group') })
    return person ? c.redirect(`/#${person.id}`, 303) : c.html(messagePage(company, unknown), 404)
  })
}
