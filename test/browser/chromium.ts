// A headless Chromium, where there is one on this machine.
import { accessSync, constants } from 'node:fs'
import { type Browser, chromium } from 'playwright-core'

const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

const isProgram = (path: string) => {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** Undefined where none is installed; then the tests of the browser are skipped. */
export const chromiumPath: string | undefined = places.find(isProgram)

/** Without its sandbox: it opens pages of these tests alone, and often as root in a container. */
export async function launchChromium(): Promise<Browser> {
  if (chromiumPath === undefined) throw new Error(`expected Chromium at one of ${places.join(', ')}`)
  return chromium.launch({ executablePath: chromiumPath, args: ['--no-sandbox', '--disable-dev-shm-usage'] })
}
