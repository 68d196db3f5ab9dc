// `domain add`: a domain on the operator's word, with what SCIM and SAML need in one go.

import { readFile } from 'node:fs/promises'
import { invalid } from '../base/refusal.ts'
import type { Environment } from '../config.ts'
import { addDomain, type DomainOptions } from '../manage/domains/claim.ts'
import { enterAsOperator } from '../manage/operators/command-line.ts'
import { withContext } from './open.ts'
import { type OutputOptions, print } from './output.ts'

export interface AddDomainOptions extends OutputOptions, Omit<DomainOptions, 'name'> {
  readonly organization: string
}

export const addDomainCommand =
  (env: Environment) =>
  async (name: string, { organization, json = false, ...options }: AddDomainOptions): Promise<void> => {
    const samlCert = options.samlCert && (await readCertificates(options.samlCert))
    const domain = await withContext(env, async ctx => {
      const operator = await enterAsOperator(ctx, organization)
      return addDomain(ctx, operator, { ...options, name, samlCert })
    })
    print(domain, { json })
  }

const readCertificates = (file: string): Promise<string> =>
  readFile(file, 'utf8').catch((error: Error) => {
    throw invalid('invalid_input', `The certificates cannot be read: ${error.message}`, 'saml_x509_cert')
  })
