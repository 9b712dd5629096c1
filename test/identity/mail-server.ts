/** A real SMTP server on loopback that keeps what it receives. */
import { SMTPServer } from 'smtp-server'

export interface ReceivedMail {
  from: string
  to: string[]
  subject: string
  /** Both forms of the body, decoded. */
  text: string
  html: string
}

export async function startMailServer(): Promise<{ url: string; mails: ReceivedMail[]; stop: () => Promise<void> }> {
  const mails: ReceivedMail[] = []
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, session, callback) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        const { mailFrom, rcptTo } = session.envelope
        const message = Buffer.concat(chunks).toString('utf8')
        mails.push({
          from: mailFrom ? mailFrom.address : '',
          to: rcptTo.map(one => one.address),
          subject: subjectOf(message),
          text: partOf(message, 'text/plain'),
          html: partOf(message, 'text/html'),
        })
        callback()
      })
    },
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.server.address() as { port: number }
  return { url: `smtp://127.0.0.1:${port}`, mails, stop: () => new Promise(resolve => server.close(() => resolve())) }
}

/** The part of a message with this type, decoded; of one without parts the body. */
function partOf(message: string, type: string): string {
  const [head = '', ...body] = message.split('\r\n\r\n')
  const boundary = /content-type: multipart\/[^;]+;\s*boundary="([^"]+)"/i.exec(head)?.[1]
  if (boundary === undefined)
    return new RegExp(`content-type: ${type}`, 'i').test(head) ? bodyOf(head, body.join('\r\n\r\n')) : ''
  const parts = body
    .join('\r\n\r\n')
    .split(`--${boundary}`)
    .slice(1, -1)
    .map(part => part.replace(/^\r\n/, ''))
  return parts.map(part => partOf(part, type)).find(Boolean) ?? ''
}

function bodyOf(head: string, text: string): string {
  if (/content-transfer-encoding: base64/i.test(head)) return Buffer.from(text, 'base64').toString('utf8')
  if (!/content-transfer-encoding: quoted-printable/i.test(head)) return text
  const bytes = text
    .replace(/=\r\n/g, '')
    .replace(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
  return Buffer.from(bytes, 'latin1').toString('utf8')
}

function subjectOf(message: string): string {
  const line = /^Subject: (.*(?:\r\n[ \t].*)*)/im.exec(message)?.[1] ?? ''
  return line
    .replace(/\r\n[ \t]/g, ' ')
    .replace(/\?=\s+=\?UTF-8\?Q\?/gi, '')
    .replace(/=\?UTF-8\?Q\?(.*?)\?=/gi, (_, text: string) =>
      bodyOf('content-transfer-encoding: quoted-printable', text.replaceAll('_', ' ')),
    )
}
