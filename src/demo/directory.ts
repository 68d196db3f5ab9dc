// The people and groups of the demo's company, as its identity provider knows them.
import { newId } from '../base/id.ts'

/** A value: whoever changes is another one afterwards. */
export interface Person {
  /** What the identity provider calls them; the external id over SCIM. */
  readonly id: string
  readonly givenName: string
  readonly familyName: string
  readonly address: string
  readonly title: string
  /** The name of the one group they are in. */
  readonly group: string
  readonly isActive: boolean
}

export interface Group {
  readonly id: string
  readonly name: string
}

type Added = Pick<Person, 'givenName' | 'familyName' | 'group'>
type Changes = Partial<Pick<Person, 'title' | 'group' | 'isActive'>>

const groupNames = ['Engineering', 'Research', 'Operations', 'Business']

const everybody = `
Ada Lovelace, Engineering, Analyst
Grace Hopper, Engineering, Compiler Engineer
Alan Turing, Research, Scientist
Katherine Johnson, Research, Mathematician
Edsger Dijkstra, Engineering, Architect
Barbara Liskov, Engineering, Architect
Donald Knuth, Research, Author
Margaret Hamilton, Engineering, Director
Dennis Ritchie, Engineering, Systems Engineer
Frances Allen, Engineering, Compiler Engineer
John McCarthy, Research, Scientist
Radia Perlman, Operations, Network Engineer
Tony Hoare, Research, Scientist
Hedy Lamarr, Operations, Radio Engineer
Niklaus Wirth, Engineering, Language Designer
Jean Bartik, Operations, Operator
Kathleen Booth, Engineering, Assembler
Alonzo Church, Research, Scientist
Adele Goldberg, Business, Product Designer
Ken Thompson, Engineering, Systems Engineer
Lynn Conway, Engineering, Chip Designer
Jörg Müller, Business, Account Manager
Zoë Brontë, Business, Account Manager
Søren Østergård, Business, Controller
Mary Jackson, Business, Recruiter
`

export class Directory {
  /** For example `acme.test`. */
  readonly company: string
  readonly groups: readonly Group[] = groupNames.map(name => ({ id: newId(), name }))
  readonly #people = new Map<string, Person>()

  constructor(company: string) {
    this.company = company
    for (const line of everybody.trim().split('\n')) {
      const [name = '', group = '', title = ''] = line.split(', ')
      const [givenName = '', familyName = ''] = name.split(' ')
      this.#insert({ givenName, familyName, group, title })
    }
  }

  get people(): readonly Person[] {
    return [...this.#people.values()]
  }

  find(id: string): Person | undefined {
    return this.#people.get(id)
  }

  /** Undefined where a name is missing or the group is none of ours. */
  add({ givenName, familyName, group }: Added): Person | undefined {
    const isComplete = asciiOf(givenName) !== '' && asciiOf(familyName) !== ''
    if (!isComplete || !this.#hasGroup(group)) return undefined
    return this.#insert({ givenName, familyName, group, title: 'New hire' })
  }

  /** Undefined where there is no such person or group. */
  change(id: string, changes: Changes): Person | undefined {
    const person = this.#people.get(id)
    if (!person || !this.#hasGroup(changes.group ?? person.group)) return undefined
    const changed = { ...person, ...changes }
    this.#people.set(id, changed)
    return changed
  }

  #hasGroup(name: string): boolean {
    return this.groups.some(group => group.name === name)
  }

  #insert(added: Added & Pick<Person, 'title'>): Person {
    const id = `00u${String(this.#people.size + 1).padStart(5, '0')}`
    const person = { id, ...added, address: this.#freeAddress(added), isActive: true }
    this.#people.set(id, person)
    return person
  }

  #freeAddress({ givenName, familyName }: Added): string {
    const name = `${asciiOf(givenName)}.${asciiOf(familyName)}`
    const taken = new Set(this.people.map(({ address }) => address))
    for (let number = 1; ; number += 1) {
      const address = `${name}${number === 1 ? '' : number}@${this.company}`
      if (!taken.has(address)) return address
    }
  }
}

export const nameOf = ({ givenName, familyName }: Pick<Person, 'givenName' | 'familyName'>): string =>
  `${givenName} ${familyName}`

/** The letters of a name as they can stand in an address. */
const asciiOf = (name: string) =>
  name
    .normalize('NFD')
    .replaceAll(/ø/gi, 'o')
    .replaceAll(/[^A-Za-z]/g, '')
    .toLowerCase()
