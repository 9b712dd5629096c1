import type { MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { PasswordPage } from '#app/identity/ui/password-page.tsx'
import { passwordLink } from './password-link.server.ts'

const link = passwordLink('reset')

export const loader = link.loader
export const action = link.action

export const meta: MetaFunction = () => [{ title: 'A new password · Candor' }]

export default function Reset() {
  const { of } = useLoaderData<typeof loader>()
  return (
    <PasswordPage of={of} title="Choose a new password" lead="Everywhere else you are signed out when you save it." />
  )
}
