/** The page around what one does before being signed in. */
import type { ReactNode } from 'react'
import './outside.css'

export function Outside({ title, lead, children }: { title: string; lead?: ReactNode; children?: ReactNode }) {
  return (
    <main id="content" className="outside">
      <p className="word">
        Candor<i>.</i>
      </p>
      <h1>{title}</h1>
      {lead ? <p className="lead">{lead}</p> : null}
      {children}
    </main>
  )
}
