import interLatin from '@fontsource-variable/inter/files/inter-latin-wght-normal.woff2?url'
import serifLatin from '@fontsource-variable/source-serif-4/files/source-serif-4-latin-wght-normal.woff2?url'
import type { LinksFunction, MetaFunction } from '@remix-run/node'
import { Links, Meta, Outlet, Scripts, ScrollRestoration, useMatches } from '@remix-run/react'
import type { ReactNode } from 'react'
import '@fontsource-variable/inter/index.css'
import '@fontsource-variable/inter/wght-italic.css'
import '@fontsource-variable/jetbrains-mono/index.css'
import '@fontsource-variable/source-serif-4/index.css'
import '@fontsource-variable/source-serif-4/wght-italic.css'
import { ErrorPage, errorWords } from '#app/ui/error-page.tsx'
import { useNonce } from '#app/ui/nonce.ts'
import '#app/ui/tokens.css'
import '#app/ui/base.css'
import '#app/ui/print.css'

export const links: LinksFunction = () => [
  { rel: 'icon', href: '/favicon.svg', type: 'image/svg+xml' },
  ...[interLatin, serifLatin].map(href => ({
    rel: 'preload',
    href,
    as: 'font',
    type: 'font/woff2',
    crossOrigin: 'anonymous' as const,
  })),
]

export const meta: MetaFunction = ({ error }) => [{ title: error ? `${errorWords(error).title} · Candor` : 'Candor' }]

export function Layout({ children }: { children: ReactNode }) {
  const nonce = useNonce()
  const pinned = useMatches()
    .map(match => (match.data as { theme?: string } | null | undefined)?.theme)
    .find(theme => theme === 'light' || theme === 'dark')
  return (
    <html lang="en" data-theme={pinned}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content={pinned ?? 'light dark'} />
        <Meta />
        <Links />
      </head>
      <body>
        {children}
        <ScrollRestoration nonce={nonce} />
        <Scripts nonce={nonce} />
      </body>
    </html>
  )
}

export default function App() {
  return <Outlet />
}

export function ErrorBoundary() {
  return <ErrorPage />
}
