/** E-mail: over SMTP when configured, else into a folder that the administrator can read. */
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import nodemailer, { type SendMailOptions } from 'nodemailer'
import { newId } from './ids.server.ts'
import { htmlOfText } from './mail-document.ts'

export interface Mail {
  to: string
  subject: string
  text: string
  /** The same for those who read mail as HTML; made from the text where it is left out. */
  html?: string
  /** A calendar entry (RFC 5545) that the mail carries as an invitation (RFC 6047). */
  calendar?: { method: 'REQUEST' | 'CANCEL'; content: string }
}

export interface Mailer {
  /** Sends one mail. @throws when the server refuses it. */
  send(mail: Mail): Promise<void>
  /** Where mails go when there is no server, for the page to say so; null with SMTP. */
  folder: string | null
}

/** @param options.smtpUrl smtp(s)://user:password@host:port, or null to write `.eml` files into `folder`. */
export function createMailer(options: { smtpUrl: string | null; folder: string; from: string }): Mailer {
  if (options.smtpUrl) {
    const transport = nodemailer.createTransport(options.smtpUrl)
    return {
      folder: null,
      async send(mail) {
        await transport.sendMail(messageOf(options.from, mail))
      },
    }
  }
  const composer = nodemailer.createTransport({ streamTransport: true, buffer: true, newline: 'unix' })
  return {
    folder: options.folder,
    async send(mail) {
      const { message } = await composer.sendMail(messageOf(options.from, mail))
      await mkdir(options.folder, { recursive: true, mode: 0o700 })
      await writeFile(join(options.folder, `${newId()}.eml`), message as Buffer, { mode: 0o600 })
    },
  }
}

function messageOf(from: string, { calendar, ...mail }: Mail): SendMailOptions {
  const html = mail.html ?? htmlOfText(mail.subject, mail.text)
  return { from, ...mail, html, ...(calendar ? { icalEvent: { filename: 'invitation.ics', ...calendar } } : {}) }
}
