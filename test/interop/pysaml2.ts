// Starting the identity provider of idp.py, where python3-pysaml2 and xmlsec1 are installed.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { generateKeyPairSync } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { selfSignedCertificate } from '../../src/base/self-signed.ts'

// Debian's own: another Python on the PATH does not see Debian's packages.
const python = '/usr/bin/python3'

const succeeds = (program: string, ...args: readonly string[]) => spawnSync(program, args).status === 0

export const hasPysaml2 = succeeds(python, '-c', 'import saml2') && succeeds('/usr/bin/xmlsec1', '--version')

export interface ForeignProvider {
  readonly url: string
  stop(): Promise<void>
}

export async function startPysaml2(spMetadataUrl: string): Promise<ForeignProvider> {
  const folder = await mkdtemp(join(tmpdir(), 'gatehouse-pysaml2-'))
  const [keyFile, certificateFile] = await writeCredential(folder)
  const args = [join(import.meta.dirname, 'idp.py'), spMetadataUrl, keyFile, certificateFile]
  const child = spawn(python, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  const stop = async () => {
    if (child.exitCode === null && child.kill()) await once(child, 'exit')
    await rm(folder, { recursive: true, force: true })
  }
  return { url: await readUrl(child), stop }
}

async function writeCredential(folder: string): Promise<[string, string]> {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const certificate = selfSignedCertificate({
    privateKey,
    commonName: 'pysaml2',
    notBefore: new Date(Date.now() - 60_000),
    notAfter: new Date(Date.now() + 86_400_000),
  })
  const files: [string, string] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')]
  await writeFile(files[0], privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 })
  await writeFile(files[1], certificate)
  return files
}

async function readUrl(child: ChildProcess): Promise<string> {
  if (!child.stdout) throw new Error('the process has no output')
  for await (const line of createInterface({ input: child.stdout })) {
    const url = /listens on (\S+)/.exec(line)?.[1]
    if (url) return url
  }
  throw new Error('pysaml2 ended before it listened')
}
