// Where somebody comes to who asks for the address of a form's answer, as after signing in anew: the page that it is below.
import { operatorRoutes, organizationRoutes, personRoutes } from './routes.ts'

const routes = [...personRoutes, ...operatorRoutes, ...organizationRoutes]
const pathsOf = (wanted: 'GET' | 'POST'): string[] =>
  routes.flatMap(([method, path]) => (method === wanted ? [path] : []))

const pages = new Set(pathsOf('GET'))

function routeAbove(path: string): string {
  const above = path.slice(0, path.lastIndexOf('/')) || '/'
  return pages.has(above) ? above : routeAbove(above)
}

const partsOf = (path: string): string[] => path.split('/').filter(part => part !== '')

/** Of each that has no page of its own: its route, and the path of the page above one of its addresses. */
export const answers = pathsOf('POST')
  .filter(route => !pages.has(route))
  .map(route => {
    const depth = partsOf(routeAbove(route)).length
    return { route, pageAbove: (path: string) => `/${partsOf(path).slice(0, depth).join('/')}` }
  })
