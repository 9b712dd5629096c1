/** The mails about accounts: short, and plain about what to do and what if one did not ask for it. */
import type { Mail } from '#app/platform/mail.server.ts'

interface Addressee {
  name: string
  email: string
}

export function invitationMail(to: Addressee, organisation: string, link: string): Mail {
  return {
    to: to.email,
    subject: `Your way into Candor at ${organisation}`,
    text: `Hello ${to.name},

you are invited to Candor, where ${organisation} learns from its incidents.
Choose a password here, within the next hour:

${link}

The link works once. If it is too old when you get to it, open Candor and choose
"Forgotten your password?": that sends you a fresh one.
`,
  }
}

export function resetMail(to: Addressee, organisation: string, link: string): Mail {
  return {
    to: to.email,
    subject: 'A new password for Candor',
    text: `Hello ${to.name},

somebody, hopefully you, asked for a new password for Candor at ${organisation}.
Choose one here, within the next hour:

${link}

The link works once. If you did not ask for it, do nothing: your password stays
as it is.
`,
  }
}
