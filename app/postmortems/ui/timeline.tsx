import { When } from '#app/ui/time.tsx'
import type { Marker } from '../record.ts'

interface Entry {
  at: string | null
  atText: string | null
  marker: Marker | null
  html: string
}

const WORDS: Record<Marker, string> = {
  started: 'Started.',
  detected: 'Detected.',
  acknowledged: 'Acknowledged.',
  diagnosis: 'Diagnosed.',
  repair: 'Repair.',
  mitigated: 'Mitigated.',
  resolved: 'Resolved.',
  key: 'Key moment.',
}

/** What happened when; the undetected gap is said at the moment that ended it. */
export function Timeline({ entries, gapMinutes }: { entries: Entry[]; gapMinutes: number | null }) {
  const days = new Set(entries.flatMap(entry => (entry.at ? entry.at.slice(0, 10) : [])))
  const firstDetected = entries.findIndex(entry => entry.marker === 'detected')
  return (
    <ol className="timeline">
      {entries.map((entry, index) => (
        <li key={`${entry.at}${entry.atText}${index}`} className={entry.marker ? 'marked' : undefined}>
          <span className="at">
            {entry.at ? (
              <When at={entry.at} show={days.size > 1 ? 'minute' : 'clock'} />
            ) : (
              <span className="num">{entry.atText ?? ''}</span>
            )}
          </span>
          <i aria-hidden="true" />
          <div className="what">
            {entry.marker ? <b>{WORDS[entry.marker]} </b> : null}
            {index === firstDetected && gapMinutes ? (
              <span className="gap">{inWords(gapMinutes)} undetected. </span>
            ) : null}
            {/* biome-ignore lint/security/noDangerouslySetInnerHtml: rendered by platform/markdown, which sanitises */}
            <span dangerouslySetInnerHTML={{ __html: entry.html }} />
          </div>
        </li>
      ))}
    </ol>
  )
}

function inWords(minutes: number): string {
  if (minutes < 120) return `${minutes} minute${minutes === 1 ? '' : 's'}`
  return minutes < 2880 ? `${Math.round(minutes / 60)} hours` : `${Math.round(minutes / 1440)} days`
}
