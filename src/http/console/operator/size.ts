// How many bytes something has, as people say it.

const units = ['bytes', 'kB', 'MB', 'GB', 'TB'] as const

/** `12.3 MB`; decimal, as disks are sold. */
export function size(bytes: number): string {
  const power = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(1, bytes)) / 3)))
  const number = bytes / 1000 ** power
  return `${power === 0 || number >= 100 ? Math.round(number) : number.toFixed(1)} ${units[power]}`
}
