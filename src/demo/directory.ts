// The people of the demo's company, as its directories know them.

export interface Entry {
  readonly externalId: string
  readonly givenName: string
  readonly familyName: string
  readonly address: string
  readonly department: string
  readonly title: string
}

const people = `
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
Claude Shannon, Research, Scientist
Adele Goldberg, Product, Designer
Ken Thompson, Engineering, Systems Engineer
Lynn Conway, Engineering, Chip Designer
Jörg Müller, Sales, Account Manager
Zoë Brontë, Sales, Account Manager
Søren Østergård, Finance, Controller
Mary Jackson, People, Recruiter
`

/** The directory of `company`, for example `acme.test`. */
export function directoryOf(company: string): Entry[] {
  return people
    .trim()
    .split('\n')
    .map((line, index) => readEntry(line, index, company))
}

function readEntry(line: string, index: number, company: string): Entry {
  const [name = '', department = '', title = ''] = line.split(', ')
  const [givenName = '', familyName = ''] = name.split(' ')
  const local = name
    .normalize('NFD')
    .replace(/[^A-Za-z ]/g, '')
    .replace(' ', '.')
    .toLowerCase()
  return {
    externalId: `00u${String(index + 1).padStart(5, '0')}`,
    givenName,
    familyName,
    address: `${local}@${company}`,
    department,
    title,
  }
}
