// A goal of speed: what has to be reached, what is aimed at, and what came of it in this run.

export interface Goal {
  readonly name: string
  readonly must: string
  readonly aim: string
  readonly got: string
  readonly verdict: 'MISSED' | 'met' | 'met, aim too' | 'not measured'
}

export const atLeast = (name: string, must: number, aim: number, got: number): Goal => ({
  name,
  must: `≥ ${must}`,
  aim: `≥ ${aim}`,
  got: written(got),
  verdict: got >= aim ? 'met, aim too' : got >= must ? 'met' : 'MISSED',
})

export const atMost = (name: string, must: number, aim: number, got: number): Goal => ({
  name,
  must: `≤ ${must}`,
  aim: `≤ ${aim}`,
  got: written(got),
  verdict: got <= aim ? 'met, aim too' : got <= must ? 'met' : 'MISSED',
})

/** `why` stands where the measure would. */
export const unmeasured = (name: string, why: string): Goal => ({
  name,
  must: '',
  aim: '',
  got: why,
  verdict: 'not measured',
})

const written = (got: number): string => (got >= 100 ? got.toFixed(0) : got.toFixed(2))
