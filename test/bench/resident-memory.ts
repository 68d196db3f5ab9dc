// How much memory a process has, where the system tells.

import { readFileSync } from 'node:fs'

/** In MB; undefined where there is no /proc. */
export function residentMegabytes(pid: number): number | undefined {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8')
    const kilobytes = /^VmRSS:\s*(\d+)/m.exec(status)?.[1]
    return kilobytes === undefined ? undefined : Number(kilobytes) / 1024
  } catch {
    return undefined
  }
}

export const noProc = 'the system does not tell (/proc)'
