export interface Choice {
  value: string
  label: string
}

/**
 * Time zones to choose from, as this machine knows them.
 * @param present the one chosen now, listed even if it is only another name for one of them.
 * @param otherwise the label of choosing none.
 */
export function timeZoneChoices(present: string | null, otherwise?: string): Choice[] {
  const zones = new Set(['UTC', ...Intl.supportedValuesOf('timeZone'), ...(present ? [present] : [])])
  const choices = [...zones].map(zone => ({ value: zone, label: zone.replaceAll('_', ' ') }))
  return otherwise === undefined ? choices : [{ value: '', label: otherwise }, ...choices]
}
