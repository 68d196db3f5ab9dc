// The verdict in words: whether somebody can sign in and how, or why not, since when, by whom, and what there is to do.
import { html } from 'hono/html'
import type { Hindrance, Verdict } from '../../../domain/access-verdict.ts'
import { domainOfAddress } from '../../../domain/domain.ts'
import type { MembershipEnd } from '../../../manage/people/end.ts'
import type { PersonView } from '../../../manage/people/person.ts'
import type { Markup } from '../../look/page.ts'
import { ago, on, type Tone, theirs } from '../../look/words.ts'
import { providerName } from '../log/row.ts'

export interface Answer {
  readonly tone: Tone
  readonly title: Markup
  readonly cause: Markup
  /** What to do, the likeliest first; none where nothing has to be done. */
  readonly fix: readonly Markup[]
}

export function answerOf(view: PersonView, now: Date): Answer {
  const { verdict } = view
  switch (verdict.can) {
    case 'yes':
      return { tone: 'good', ...canWords(view, verdict, now) }
    case 'elsewhere':
      return { tone: 'warn', ...elsewhere(verdict.domain) }
    case 'no':
      return { tone: waiting.has(verdict.why) ? 'warn' : 'bad', ...hindrances[verdict.why](view, now) }
  }
}

const waiting: ReadonlySet<Hindrance> = new Set(['invited'])

type Words = Omit<Answer, 'tone'>

const domainLink = ({ id, name }: { id: string; name: string }, part = ''): Markup =>
  html`<a href="/domains/${id}${part}">${theirs(name)}</a>`

function canWords(
  { lastAccepted, invite, users }: PersonView,
  verdict: Verdict & { can: 'yes' },
  now: Date,
): Words {
  const { by, saml, email } = verdict
  const names = saml.map((domain, at) => html`${at > 0 ? ' or ' : ''}${domainLink(domain)}`)
  const last = saml.some(({ id }) => id === lastAccepted?.domainId) ? lastAccepted : undefined
  const throughSaml =
    saml.length > 0 && html`through SAML of ${names}${last ? html` (last ${ago(last.at, now)})` : ''}`
  const byMail = email && 'by a link in a mail'
  const ways = html`${throughSaml || ''}${throughSaml && byMail ? ', or ' : ''}${byMail || ''}`
  const isOff = users.length > 0 && users.every(user => !user.isActive)
  if (by === 'invite')
    return {
      title: html`Can sign in, and joins by the invite`,
      cause: html`They are not a member yet. An invite is open until ${on(invite?.expires_at ?? '')}, and signing in ${ways} accepts it.`,
      fix: [],
    }
  if (by === 'jit')
    return {
      title: html`Can sign in, and joins just in time`,
      cause: html`They are not a member yet. Just-in-time provisioning is on, so signing in ${ways} makes them one.`,
      fix: [],
    }
  return {
    title: html`Can sign in`,
    cause: html`As a member, ${ways}.${isOff ? html` Their directory has them as inactive, so SAML refuses them.` : ''}`,
    fix: [],
  }
}

const elsewhere = (domain: string): Words => ({
  title: html`Depends on another organization`,
  cause: html`They are a member, but their address is on ${theirs(domain)}, which another organization holds: they sign in through its SAML, if that lets them in.`,
  fix: [
    html`Ask whoever runs the identity provider of ${theirs(domain)}, or invite them by an address on a domain of yours.`,
  ],
})

/** `Okta`, or who it was. */
function doer({ by, request }: MembershipEnd): Markup {
  if (request && request.provider !== 'other') return html`${providerName(request.provider)}`
  return by.type === 'scim' ? html`SCIM of ${theirs(by.label, 80)}` : theirs(by.label, 80)
}

const entryLink = ({ request }: MembershipEnd): Markup | '' =>
  request ? html` <a href="/domains/${request.domainId}/scim-log/${request.logId}">See the request</a>.` : ''

const inviteThem = html`<a href="/pending-invites">Invite them</a>.`

const invitesTo = ({ subject }: PersonView): string =>
  `/pending-invites?${new URLSearchParams({ q: subject.address ?? '' })}`

const hindrances: Readonly<Record<Hindrance, (view: PersonView, now: Date) => Words>> = {
  no_address: ({ users }) => ({
    title: html`Cannot sign in: no address`,
    cause: html`What the identity provider says of them names no e-mail address, so no person stands behind it.`,
    fix: [
      html`Map an e-mail address in the provisioning settings of the identity provider${users[0] ? html` of ${domainLink({ id: users[0].domainId, name: users[0].domain })}` : ''}, to <code>emails[type eq "work"].value</code> or to <code>userName</code>.`,
    ],
  }),
  deactivated: (view, now) => {
    const { end, users } = view
    const provider = end?.how === 'suspended' ? doer(end) : undefined
    return {
      title: html`Cannot sign in: deactivated${end?.how === 'suspended' ? html` by ${provider} ${ago(end.at, now)}` : ''}`,
      cause: html`The membership is suspended and keeps its level; sessions, API keys and invites have ended.${end ? entryLink(end) : ''}`,
      fix:
        users.length > 0
          ? [
              html`Assign them to the application ${provider ? html`in ${provider} ` : ''}again: its next push with <code>active: true</code> lets them in, at the level they had.`,
            ]
          : [
              html`No directory has them any more, so nothing will bring them back. Remove the member here, and invite them again.`,
            ],
    }
  },
  removed: (view, now) => ({
    title: html`Cannot sign in: removed${view.end ? html` by ${doer(view.end)} ${ago(view.end.at, now)}` : ''}`,
    cause: html`They were a member and no longer are.${view.end ? entryLink(view.end) : ''}`,
    fix: [
      inviteThem,
      ...(view.end?.request ? [html`Or assign them to the application in ${doer(view.end)} again.`] : []),
    ],
  }),
  invited: (view, now) => ({
    title: html`Not yet: invited ${view.invite ? ago(view.invite.created_at, now) : ''}`,
    cause: html`The invite is open until ${on(view.invite?.expires_at ?? '')}. They accept it by the link in the mail.`,
    fix: [html`<a href="${invitesTo(view)}">Send it again</a>, if the mail did not arrive.`],
  }),
  invite_expired: (view, now) => ({
    title: html`Cannot sign in: the invite expired ${view.invite ? ago(view.invite.expires_at, now) : ''}`,
    cause: html`They were invited, and did not answer in time.`,
    fix: [html`<a href="${invitesTo(view)}">Send it again</a>, which gives it a new link.`],
  }),
  stranger: view => strangerWords(view),
  domain_unverified: view => ({
    title: html`Cannot sign in: their domain is not verified`,
    cause: html`Until it is, SAML does not work for it, and links by mail are switched off on this server.`,
    fix: [html`Verify ${ownDomain(view, '#verify')}.`],
  }),
  verification_lost: view => ({
    title: html`Cannot sign in: the verification of their domain was lost`,
    cause: html`Its DNS record has been gone for a week, so the domain is no longer verified; links by mail are switched off on this server.`,
    fix: [html`Publish the record of ${ownDomain(view, '#verify')} again, and verify it.`],
  }),
  saml_incomplete: view => ({
    title: html`Cannot sign in: SAML is not set up`,
    cause: html`They are a member, but their domain has no identity provider, and links by mail are switched off on this server.`,
    fix: [html`Set SAML up for ${ownDomain(view, '#saml')}.`],
  }),
  enforced_without_saml: view => ({
    title: html`Cannot sign in: SAML is enforced, and not set up`,
    cause: html`Nobody with an address on the domain can sign in, neither by a mailed link nor through SAML.`,
    fix: [html`Complete the SAML settings of ${ownDomain(view, '#saml')}, or stop enforcing SAML.`],
  }),
  address_elsewhere: ({ subject }) => ({
    title: html`Cannot sign in: their address is on no domain of yours`,
    cause: html`SAML is for addresses on your verified domains, and links by mail are switched off on this server.`,
    fix: [
      html`<a href="/domains">Add and verify</a> ${theirs(domainOfAddress(subject.address ?? '') ?? 'their domain')}, or invite them by an address on a domain of yours.`,
    ],
  }),
}

function ownDomain({ domains, subject }: PersonView, part: string): Markup {
  const name = domainOfAddress(subject.address ?? '')
  const own = domains.find(domain => domain.name === name)
  return own ? domainLink(own, part) : html`their domain`
}

/** No member, no invite: what would let them in depends on whose their address is. */
function strangerWords(view: PersonView): Words {
  const { domains, subject } = view
  const own = domains.find(({ name }) => name === domainOfAddress(subject.address ?? ''))
  if (!own?.verifiedAt)
    return {
      title: html`Cannot sign in: not a member`,
      cause: html`They have no membership and no invite${own ? html`, and ${domainLink(own)} is not verified` : ', and their address is on no domain of yours'}.`,
      fix: [inviteThem],
    }
  return {
    title: html`Cannot sign in: not a member, and just-in-time provisioning is off`,
    cause: html`Their address is on ${domainLink(own)}, but nobody joins by signing in there.`,
    fix: [
      inviteThem,
      html`Assign them to the application at the identity provider, so that it pushes them by SCIM.`,
      html`Or switch just-in-time provisioning on at ${domainLink(own, '#settings')}.`,
    ],
  }
}
