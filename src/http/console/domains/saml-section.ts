// The SAML step of a domain's page: our values to paste over there, theirs to paste here, and the certificates with their ends.
import { html } from 'hono/html'
import type { DomainObject } from '../../../manage/domains/view.ts'
import type { Markup } from '../../look/page.ts'
import { copyable, csrfField, state, theirs } from '../../look/words.ts'
import type { Workplace } from './stepper.ts'

export const samlSection = (
  place: Workplace,
  domain: DomainObject,
): Markup => html`<section id="saml" class="step ${domain.has_saml ? 'done' : ''}">
<div class="row"><h2>2 SAML</h2>${domain.has_saml ? state('good', 'set up') : state('off', 'not set up')}
${domain.sso_enforcement === 'saml' ? html`<span class="soft small">and enforced: people of this domain sign in by it alone</span>` : ''}</div>
<details${domain.has_saml ? '' : html` open`}><summary>What to paste into the identity provider</summary>
<dl><dt>Entity ID</dt><dd>${copyable('entity-id', domain.saml_sp_entity_id)}</dd>
<dt>ACS URL</dt><dd>${copyable('acs-url', domain.saml_sp_acs_url)}</dd>
<dt>Metadata</dt><dd>${copyable('metadata-url', domain.saml_sp_metadata_url)}</dd></dl></details>
${domain.has_saml ? theirValues(domain) : ''}
<details${domain.has_saml ? '' : html` open`}><summary>${domain.has_saml ? 'Replace what it has given to us …' : 'What it has to give to us'}</summary>
<form method="post" action="${place.base}/saml#saml">${csrfField(place)}
<p><label for="metadata">Its metadata, as XML, or the https URL where it is published</label></p>
<p><textarea id="metadata" name="metadata" rows="4" required spellcheck="false" placeholder="https://… or &lt;EntityDescriptor …"></textarea></p>
<button class="${domain.has_saml ? '' : 'main'}">Take over the metadata</button></form></details></section>`

const theirValues = (
  domain: DomainObject,
): Markup => html`<dl><dt>Identity provider</dt><dd><code>${theirs(domain.saml_entity_id ?? '')}</code></dd>
<dt>Sign-in URL</dt><dd><code>${theirs(domain.saml_acs_url ?? '')}</code></dd></dl>
<table class="cards">
<thead><tr><th scope="col">Certificate of</th><th scope="col">Key</th><th scope="col">Good until</th><th scope="col">SHA-256</th></tr></thead>
<tbody>${domain.saml_certificates.map(
  each => html`<tr><td class="full">${theirs(each.subject)}</td><td>${each.key_type}</td>
<td>${state(each.expires_in_days < 0 ? 'bad' : each.expires_in_days < 30 ? 'warn' : 'good', `${each.expires_in_days} days left`)}</td>
<td><code title="${each.fingerprint_sha256}">${each.fingerprint_sha256.slice(0, 23)}…</code></td></tr>`,
)}</tbody></table>`
