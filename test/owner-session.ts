// The cookie of an owner who signed in by the link that the operator makes for them, over HTTP.

/** `link` is what `owner-link` printed. */
export async function signInBy(link: string): Promise<string> {
  const { origin } = new URL(link)
  const entered = await fetch(link, { method: 'POST', redirect: 'manual', headers: { Origin: origin } })
  const [cookie] = entered.headers.getSetCookie()
  if (entered.status !== 303 || cookie === undefined)
    throw new Error(`the link answered ${entered.status} and no session`)
  return cookie.split(';')[0] ?? ''
}
