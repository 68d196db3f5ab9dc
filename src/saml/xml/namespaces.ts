// The namespaces of the documents that this room reads and writes.

export const saml = 'urn:oasis:names:tc:SAML:2.0:assertion'
export const samlp = 'urn:oasis:names:tc:SAML:2.0:protocol'
export const md = 'urn:oasis:names:tc:SAML:2.0:metadata'
export const ds = 'http://www.w3.org/2000/09/xmldsig#'
export const dsig11 = 'http://www.w3.org/2009/xmldsig11#'
export const exclusive = 'http://www.w3.org/2001/10/xml-exc-c14n#'
export const xenc = 'http://www.w3.org/2001/04/xmlenc#'
export const xenc11 = 'http://www.w3.org/2009/xmlenc11#'
