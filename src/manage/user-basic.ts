// A person as every answer of the API shows one.
import type { Person } from '../store/organization/people.ts'

export const userBasic = ({ id, first_name, last_name, email, is_email_verified }: Person) => ({
  id,
  uuid: id,
  first_name,
  last_name,
  email,
  is_email_verified: is_email_verified === 1,
})

/** How a letter calls them. */
export const nameOf = ({
  first_name,
  last_name,
  email,
}: Pick<Person, 'first_name' | 'last_name' | 'email'>): string => `${first_name} ${last_name}`.trim() || email
