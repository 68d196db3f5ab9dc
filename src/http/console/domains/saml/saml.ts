// The SAML step: what the identity provider gives is looked at, then saved; how its people are read, and who comes in.
import { invalid, type Refusal } from '../../../../base/refusal.ts'
import { isVerified } from '../../../../domain/domain.ts'
import { changeDomain, requireDomain } from '../../../../manage/domains/domains.ts'
import { previewSaml, type SamlOffer } from '../../../../manage/domains/saml-preview.ts'
import { domainPatch, patchBeforeVerified } from '../../../api/domain-fields.ts'
import { parse } from '../../../api/mount/body.ts'
import { statuses } from '../../../explained.ts'
import { requireTyped } from '../../confirmation.ts'
import { madeFromIn } from '../../made-from.ts'
import { requireAnswerable } from '../../notice.ts'
import { act, showDomain } from '../show.ts'
import type { Workplace } from '../stepper.ts'
import { attributeLabels, readMapping } from './attributes.ts'
import { joiningLabels, readRoles } from './joining.ts'
import { previewPage } from './preview-page.ts'

const source = { part: 'saml', form: 'source' } as const

export async function preview(place: Workplace): Promise<Response> {
  try {
    return await showPreview(
      place,
      place.form.has('entity_id') ? readTyped(place.form) : readMetadata(place.form),
    )
  } catch (error) {
    return showDomain(place, { ...source, refusal: requireAnswerable(error) })
  }
}

async function showPreview(place: Workplace, offer: SamlOffer, refusal?: Refusal): Promise<Response> {
  const { ctx, caller, domainId: id } = place
  const looked = await previewSaml(ctx, caller, { id, offer })
  return place.show(refusal ? statuses[refusal.kind] : 200, previewPage(place, looked, refusal))
}

const ways = { url: 'a URL', file: 'a file', xml: 'text' } as const

function readMetadata(form: URLSearchParams): SamlOffer {
  const given = Object.entries(ways).filter(([field]) => (form.get(field) ?? '').trim() !== '')
  const [only] = given
  if (!only) throw invalid('required', 'Expected a URL, a file or a text; got nothing.', 'saml_metadata')
  if (given.length > 1) {
    const got = given.map(([, words]) => words).join(' and ')
    throw invalid('invalid_input', `Expected one of the three, got ${got}.`, 'saml_metadata')
  }
  const [field] = only
  const metadata = (form.get(field) ?? '').trim()
  const isUrl = /^https?:/i.test(metadata)
  if (field === 'url' ? isUrl : metadata.startsWith('<')) return { metadata }
  const expected = field === 'url' ? 'a URL that begins with https://' : 'XML that begins with <'
  throw invalid('invalid_input', `Expected ${expected}, got "${metadata.slice(0, 60)}".`, 'saml_metadata')
}

/** The values as an administrator typed them, or as they stood in metadata that was looked at. */
function readTyped(form: URLSearchParams): SamlOffer {
  const settings = parse(patchBeforeVerified, {
    saml_entity_id: form.get('entity_id'),
    saml_acs_url: form.get('sso_url')?.trim(),
    saml_x509_cert: form.get('certificate'),
    ...(form.has('binding') && { saml_sso_binding: form.get('binding') }),
    ...(form.has('sign') && { saml_sign_requests: form.get('sign') === 'true' }),
  })
  const { saml_entity_id, saml_acs_url, saml_x509_cert } = settings
  const values = { saml_entity_id, saml_acs_url, saml_x509_cert }
  for (const [field, value] of Object.entries(values)) {
    if (!value) throw invalid('required', 'Expected all three values; this one is empty.', field)
  }
  return { settings }
}

const offerOf = (form: URLSearchParams): SamlOffer => {
  const url = form.get('url')
  return url ? { metadata: url } : readTyped(form)
}

/** What was looked at, and nothing else; otherwise it has to be looked at again. */
export async function save(place: Workplace): Promise<Response> {
  try {
    const offer = offerOf(place.form)
    const refusal = await saveSeen(place, offer)
    if (refusal) return await showPreview(place, offer, refusal)
  } catch (error) {
    return showDomain(place, { ...source, refusal: requireAnswerable(error) })
  }
  return showDomain(place, { part: 'saml', done: 'Saved. Now try a sign-in, before anybody depends on it.' })
}

/** Where people have no other way in, the name of the domain is asked for. */
async function requireTypedIfEnforced(place: Workplace): Promise<void> {
  const domain = await requireDomain(place.ctx, place.caller, place.domainId)
  if (domain.ssoEnforcement === 'saml') requireTyped(place, domain.name)
}

async function saveSeen(place: Workplace, offer: SamlOffer): Promise<Refusal | undefined> {
  const { ctx, caller, domainId: id, form } = place
  try {
    await requireTypedIfEnforced(place)
    const patch =
      'settings' in offer ? { ...offer.settings, saml_metadata: null } : { saml_metadata: offer.metadata }
    await changeDomain(ctx, caller, { id, patch, seen: form.get('seen') ?? '' })
    return undefined
  } catch (error) {
    return requireAnswerable(error)
  }
}

export const setAttributes = (place: Workplace): Promise<Response> =>
  act(place, { part: 'saml', form: 'attributes' }, async () => {
    const { ctx, caller, domainId: id, form } = place
    const patch = parse(patchBeforeVerified, { saml_attribute_mapping: readMapping(form) })
    await requireTypedIfEnforced(place)
    await changeDomain(ctx, caller, { id, patch, madeFrom: madeFromIn(form, attributeLabels) })
    return { done: 'Saved. It applies from the next sign-in on.' }
  })

export const setJoining = (place: Workplace): Promise<Response> =>
  act(place, { part: 'saml', form: 'joining' }, async () => {
    const { ctx, caller, domainId: id, form } = place
    const domain = await requireDomain(ctx, caller, id)
    const patch = {
      saml_idp_initiated_enabled: form.has('idp_initiated'),
      saml_role_mapping: readRoles(form.get('roles') ?? ''),
      ...(isVerified(domain) && { jit_provisioning_enabled: form.has('jit') }),
    }
    await changeDomain(ctx, caller, {
      id,
      patch: parse(isVerified(domain) ? domainPatch : patchBeforeVerified, patch),
      madeFrom: madeFromIn(form, joiningLabels),
    })
    return { done: 'Saved. It applies from the next sign-in on.' }
  })
