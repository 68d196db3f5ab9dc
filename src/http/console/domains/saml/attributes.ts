// Where the parts of a person are looked for in what the identity provider says, before the usual names.
import { html } from 'hono/html'
import type { AttributeMapping } from '../../../../domain/domain.ts'
import type { Markup } from '../../../look/page.ts'
import { theirs } from '../../../look/words.ts'
import { confirmField } from '../../confirmation.ts'
import { madeFromField } from '../../made-from.ts'
import { refusalNotice } from '../../notice.ts'
import { openForm, refusedIn, type Stage } from '../stage.ts'

const mappedFields = {
  email: 'E-mail address',
  first_name: 'First name',
  last_name: 'Last name',
  full_name: 'Full name',
  groups: 'Groups',
} as const satisfies Record<keyof AttributeMapping, string>

const mappedFieldNames = Object.keys(mappedFields) as (keyof AttributeMapping)[]

/** The names of attributes, by commas; none leaves the field to the usual names. */
export function readMapping(form: URLSearchParams): Record<string, string[]> | null {
  const named = mappedFieldNames.flatMap(field => {
    const names = (form.get(field) ?? '').split(',').map(name => name.trim())
    const given = names.filter(name => name !== '')
    return given.length === 0 ? [] : [[field, given] as const]
  })
  return named.length === 0 ? null : Object.fromEntries(named)
}

export const attributeLabels = { saml_attribute_mapping: 'Attributes' } as const

export function attributeForm(stage: Stage): Markup {
  const { place, progress } = stage
  const mapping = progress.domain.saml_attribute_mapping
  const refusal = refusedIn(stage, 'attributes')
  const shownOf = (field: keyof AttributeMapping) =>
    refusal ? (place.form.get(field) ?? '') : [mapping?.[field] ?? []].flat().join(', ')
  const summary =
    mapping === null
      ? 'Attributes: the usual names'
      : html`Attributes: ${theirs(
          mappedFieldNames
            .filter(field => mapping[field])
            .map(field => mappedFields[field])
            .join(', '),
        )} under names of your own`
  return html`<details${refusal ? html` open` : ''}><summary>${summary} …</summary>
${refusal ? refusalNotice(refusal) : ''}${openForm(
  place,
  { path: '/saml/attributes', part: 'saml' },
  html`${madeFromField(progress.domain, attributeLabels, { form: place.form, refusal })}<p class="soft small">Only for identity providers that send other names than the usual ones, such as <code>email</code>, <code>firstName</code>, <code>urn:oid:2.5.4.42</code> or the claims of Entra ID. Separate several names by commas; the first one that is there counts.</p>
<div class="fields">${mappedFieldNames.map(field => html`<p><label for="map-${field}">${mappedFields[field]}</label><input id="map-${field}" name="${field}" maxlength="2000" spellcheck="false" placeholder="the usual names" value="${shownOf(field)}"></p>`)}</div>
${progress.domain.sso_enforcement === 'saml' ? html`<p><strong>SAML is enforced.</strong> If no address comes under these names, nobody of the domain can sign in.</p>${confirmField(place, progress.domain.domain)}` : ''}
<p><button>Save attributes</button></p>`,
)}</details>`
}
