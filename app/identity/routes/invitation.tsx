import type { MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { PasswordPage } from '#app/identity/ui/password-page.tsx'
import { passwordLink } from './password-link.server.ts'

const link = passwordLink('invitation')

export const loader = link.loader
export const action = link.action

export const meta: MetaFunction = () => [{ title: 'Your invitation · Candor' }]

export default function Invitation() {
  const { of } = useLoaderData<typeof loader>()
  return <PasswordPage of={of} title="Welcome to Candor" lead="Choose a password, and you are in." />
}
