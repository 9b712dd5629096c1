/** Collecting one's ballot: a place that the script of ballots fills. */
import { useRevalidator } from '@remix-run/react'
import { useEffect, useRef, useState } from 'react'
import { ENGLISH } from '../respond/words-en.ts'
import { loadBallotScript } from './load-ballot-script.ts'

export interface CollectProps {
  wave: string
  fingerprint: string
  isCollected: boolean
  /** Null where answering has begun. */
  answeringFrom: string | null
  script: { src: string; integrity: string }
}

export function CollectBallot({ script, ...data }: CollectProps) {
  const { revalidate } = useRevalidator()
  const place = useRef<HTMLDivElement>(null)
  const [isBroken, setBroken] = useState(false)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the script keeps the place up to date by itself
  useEffect(() => {
    loadBallotScript(script)
      .then(ballots => {
        if (place.current)
          return ballots.collectView(place.current, { ...data, language: 'en', words: ENGLISH }, revalidate)
      })
      .catch(() => setBroken(true))
  }, [data.wave])
  return (
    <>
      <div id="collect" ref={place} />
      {isBroken ? (
        <p className="notice error">
          The script that makes ballots did not load, or is not the one this page expects. Reload the page; if that does
          not help, collect from a terminal.
        </p>
      ) : null}
      <noscript>
        <p className="notice warn">
          Collecting needs JavaScript, since your browser must blind the ballot before the server signs it. From a
          terminal it works without: <code>npm run candor -- ballot collect {data.wave}</code>
        </p>
      </noscript>
    </>
  )
}
