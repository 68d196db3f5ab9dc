// What the forms for inviting have in common: the level, the access to projects, and a message.
import { html } from 'hono/html'
import type { readProjects } from '../../../manage/organizations/projects.ts'
import type { Markup } from '../../look/page.ts'
import { readable, theirs } from '../../look/words.ts'
import type { OrganizationCall } from '../call.ts'
import { levelOptions, levelsUpTo } from '../level.ts'

export type Project = Awaited<ReturnType<typeof readProjects>>['results'][number]

export const levelField = ({ caller, form }: OrganizationCall): Markup =>
  html`<label>Level<select name="level">${levelOptions(levelsUpTo(caller.level), Number(form.get('level') ?? 1))}</select></label>`

const accessChoices = [
  ['', 'no access'],
  ['member', 'as member'],
  ['admin', 'as admin'],
] as const

export function moreFields({ form }: OrganizationCall, projects: readonly Project[]): Markup {
  const isFilled =
    form.get('message') || [...form].some(([name, value]) => name.startsWith('project-') && value)
  return html`<details${isFilled ? html` open` : ''}><summary>Message${projects.length > 0 ? ', access to projects' : ''}</summary>
<p><label for="message">A message for the mail</label></p>
<p><textarea id="message" name="message" rows="3" maxlength="1000">${readable(form.get('message')?.slice(0, 2000) ?? '')}</textarea></p>
${projects.length === 0 ? '' : html`<dl>${projects.map(project => access(form, project))}</dl>`}
<p><label><input type="checkbox" name="combine"${form.get('combine') === 'on' ? html` checked` : ''}> Keep what earlier invites to this address give</label></p></details>`
}

const access = (form: URLSearchParams, { id, name }: Project): Markup =>
  html`<dt><label for="project-${id}">${theirs(name, 60)}</label></dt>
<dd><select id="project-${id}" name="project-${id}">${accessChoices.map(
    ([value, words]) =>
      html`<option value="${value}"${value === (form.get(`project-${id}`) ?? '') ? html` selected` : ''}>${words}</option>`,
  )}</select></dd>`
