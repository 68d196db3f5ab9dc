// What the forms for inviting have in common: the level, the access to projects, and a message.
import { html } from 'hono/html'
import type { readProjects } from '../../../manage/organizations/projects.ts'
import type { Markup } from '../../look/page.ts'
import { readable, theirs } from '../../look/words.ts'
import type { OrganizationCall } from '../call.ts'
import { levelOptions, levelsUpTo } from '../level.ts'

export type Project = Awaited<ReturnType<typeof readProjects>>['results'][number]

/** `prefix` keeps the ids of two forms on one page apart. */
export const levelField = ({ caller, form }: OrganizationCall, prefix: string): Markup =>
  html`<label for="${prefix}-level" class="soft">Level</label>
<select id="${prefix}-level" name="level">${levelOptions(levelsUpTo(caller.level), Number(form.get('level') ?? 1))}</select>`

const accessChoices = [
  ['', 'no access'],
  ['member', 'as member'],
  ['admin', 'as admin'],
] as const

export function moreFields({ form }: OrganizationCall, projects: readonly Project[], prefix: string): Markup {
  const isFilled =
    form.get('message') || [...form].some(([name, value]) => name.startsWith('project-') && value)
  return html`<details${isFilled ? html` open` : ''}><summary>Message${projects.length > 0 ? ', access to projects' : ''}</summary>
<p><label for="${prefix}-message">A message, which stands in the mail</label></p>
<p><textarea id="${prefix}-message" name="message" rows="3" maxlength="1000">${readable(form.get('message')?.slice(0, 2000) ?? '')}</textarea></p>
${projects.length === 0 ? '' : html`<dl>${projects.map(project => access(form, project, prefix))}</dl>`}
<p><label><input type="checkbox" name="combine"${form.get('combine') === 'on' ? html` checked` : ''}> Keep what earlier invites to the address give</label></p></details>`
}

const access = (form: URLSearchParams, { id, name }: Project, prefix: string): Markup =>
  html`<dt><label for="${prefix}-project-${id}">${theirs(name, 60)}</label></dt>
<dd><select id="${prefix}-project-${id}" name="project-${id}">${accessChoices.map(
    ([value, words]) =>
      html`<option value="${value}"${value === (form.get(`project-${id}`) ?? '') ? html` selected` : ''}>${words}</option>`,
  )}</select></dd>`
