// Refusals of the proof: a response that is not signed, not signed by whom it should be, or cannot be opened.
import type { Failure } from './failure.ts'

export const trustFailures = {
  saml_unsigned: {
    title: 'Nothing in the response is signed',
    who: 'identity provider',
    why: 'Without a signature anybody could have written the response. The assertion has to be signed, or the response around it.',
    fix: ['Switch on the signing of the assertion; signing the response as well does no harm.'],
    place: 'signing',
  },
  saml_weak_algorithm: {
    title: 'The response is signed by an algorithm that is not safe',
    who: 'identity provider',
    why: 'SHA-1 can be forged with money, and a shared key proves nothing. RSA or ECDSA with SHA-256 or better counts.',
    fix: [
      'Choose RSA with SHA-256 for the signature and SHA-256 for the digest.',
      'Where the identity provider can do no better, the operator of this server can allow SHA-1 by GATEHOUSE_SAML_ALLOW_SHA1; for everybody on it.',
    ],
    place: 'algorithm',
  },
  saml_wrong_certificate: {
    title: 'The response is signed with a certificate that this domain does not know',
    who: 'either',
    why: 'The identity provider has a new certificate, or the response is from another application of it, which has a certificate of its own.',
    fix: [
      'Compare the two fingerprints. If the new one is that of the application for Gatehouse, add it on the page of the domain; keep the old one until the change is over.',
      'If it is that of another application, correct what people click on: it leads them through the wrong one.',
      'Give the address of the metadata rather than a certificate: new ones are then taken over by themselves.',
    ],
    place: 'certificate',
  },
  saml_bad_signature: {
    title: 'The signature does not hold',
    who: 'either',
    why: 'The document was changed after it was signed, it was signed by a certificate that only looks like the one here, or the signature has a form that proves nothing.',
    fix: [
      'Compare the certificate on the page of the domain with the one of the application.',
      'Look for a proxy or a browser extension that rewrites forms.',
      'If neither explains it, treat it as an attempt to sign in as somebody else: look from which address it came, and at what came before.',
    ],
    place: 'certificate',
  },
  saml_decryption_failed: {
    title: 'The assertion could not be decrypted',
    who: 'identity provider',
    why: 'It was encrypted for another key: our encryption certificate was replaced, or never given to the identity provider; or the method of encryption is one that is not safe.',
    fix: [
      'Take the encryption certificate of our metadata anew, with RSA-OAEP and AES-GCM.',
      'Or switch encryption off: the connection is encrypted anyway, and the response goes through the browser of the person alone.',
    ],
    place: 'encryption',
    ours: ['metadata_url'],
  },
} as const satisfies Record<string, Failure>

/** What `saml_weak_algorithm` is where it is about the encryption. */
export const weakEncryption: Failure = {
  title: 'The assertion is encrypted by a method that is not safe',
  who: 'identity provider',
  why: 'RSA with the padding of PKCS #1 v1.5 and AES-CBC can be opened by whoever may try often enough. RSA-OAEP with AES-GCM counts.',
  fix: [
    'Choose RSA-OAEP for the key and AES-GCM for the content; AES-CBC counts only where the response around it is signed.',
    'Or switch encryption off: the connection is encrypted anyway, and the response goes through the browser of the person alone.',
  ],
  place: 'encryption',
  ours: ['metadata_url'],
}
