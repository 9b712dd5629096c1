/** The mails of a wave: one text for everybody invited, so that none says anything about who gets it. Pure. */
import { clockInWords } from '#app/platform/wall-time.ts'
import type { Charter } from '../wave.ts'
import type { MailSlot } from './mail-slots.ts'

export interface WaveMail {
  subject: string
  text: string
}

/** @param origin the address of the site. @param timeZone the organisation's. */
export function waveMail(
  slot: MailSlot,
  charter: Charter,
  { organisation, origin, timeZone }: { organisation: string; origin: string; timeZone: string },
): WaveMail {
  const at = (moment: string) => clockInWords(timeZone, Date.parse(moment), { withDay: true })
  const facts = {
    title: charter.title,
    organisation,
    collect: `${origin}/surveys/${charter.wave}`,
    answer: `${origin}/respond/${charter.wave}`,
    how: `${origin}/anonymity`,
    answering: at(charter.answeringFrom),
    closes: at(charter.closesAt),
    fingerprint: charter.fingerprint,
    k: charter.k,
    invited: charter.invited,
  }
  const parts = [english(slot, facts), ...(charter.languages.includes('de') ? [german(slot, facts)] : [])]
  return { subject: SUBJECTS[slot](charter.title), text: parts.join('\n\n– – –\n\n') }
}

const SUBJECTS: Record<MailSlot, (title: string) => string> = {
  invitation: title => `An anonymous survey: ${title}`,
  reminder: title => `Open for answers: ${title}`,
  'last reminder': title => `Closing soon: ${title}`,
}

interface Facts {
  title: string
  organisation: string
  collect: string
  answer: string
  how: string
  answering: string
  closes: string
  fingerprint: string
  k: number
  invited: number
}

function english(slot: MailSlot, facts: Facts): string {
  const opening: Record<MailSlot, string> = {
    invitation: `${facts.organisation} asks ${facts.invited} people, and you are one of them. Collect your ballot now; you can answer from ${facts.answering} until ${facts.closes}.`,
    reminder: `It can be answered until ${facts.closes}, in about three minutes.`,
    'last reminder': `It closes ${facts.closes}. Later answers cannot be counted.`,
  }
  return `${facts.title}

${opening[slot]}

1. Collect your ballot, signed in: ${facts.collect}
2. Answer with it, without signing in: ${facts.answer}

Nobody can tell which answers are yours, and you can check that you were counted: ${facts.how}
No figure of fewer than ${facts.k} answers is shown to anybody. These links are the same for everybody, as is this mail:
it went to all who were invited. If you have answered, ignore it.

The fingerprint of this survey’s key, which your browser compares:
${facts.fingerprint}`
}

function german(slot: MailSlot, facts: Facts): string {
  const opening: Record<MailSlot, string> = {
    invitation: `${facts.organisation} befragt ${facts.invited} Menschen, und Sie gehören dazu. Holen Sie jetzt Ihren Stimmzettel ab; antworten können Sie von ${facts.answering} bis ${facts.closes}.`,
    reminder: `Antworten können Sie bis ${facts.closes}, in etwa drei Minuten.`,
    'last reminder': `Die Befragung schließt ${facts.closes}. Spätere Antworten können nicht gezählt werden.`,
  }
  return `${facts.title}

${opening[slot]}

1. Stimmzettel abholen, angemeldet: ${facts.collect}
2. Damit antworten, ohne Anmeldung: ${facts.answer}

Niemand kann erkennen, welche Antworten Ihre sind, und Sie können prüfen, dass Sie gezählt wurden: ${facts.how}
Kein Wert aus weniger als ${facts.k} Antworten wird irgendwem gezeigt. Diese Links sind für alle gleich, ebenso diese
Nachricht: Sie ging an alle Eingeladenen. Wenn Sie geantwortet haben, beachten Sie sie nicht.

Der Fingerabdruck des Schlüssels dieser Befragung, den Ihr Browser vergleicht:
${facts.fingerprint}`
}
