// Why a schema cannot be registered: a sentence that says what was expected and what came.

export type RegistrationCode = 'required' | 'invalid_input' | 'max_length' | 'unique'

export class RegistrationError extends Error {
  readonly code: RegistrationCode
  /** The member of the definition that it is about. */
  readonly member: string

  constructor(code: RegistrationCode, member: string, detail: string) {
    super(detail)
    this.name = 'RegistrationError'
    this.code = code
    this.member = member
  }
}
