/** The weekly digest: when it has something to say, and what it says. Pure. */
import type { Mail } from '#app/platform/mail.server.ts'
import { type MailBlock, mailOf } from '#app/platform/mail-document.ts'

export interface Digest {
  /** The Monday on which it comes, YYYY-MM-DD; it tells of the seven days before. */
  week: string
  postmortems: { items: { slug: string; title: string; severity: string | null }[]; total: number }
  overdue: {
    /** The reader's own, the latest first. */
    own: { id: string; title: string; daysLate: number }[]
    ownTotal: number
    /** Of everybody, as far as the reader may see them. */
    everybody: number
  }
  /** The next one; `when` in the reader's words. */
  forum: { id: string; title: string; when: string; isThisWeek: boolean; items: number } | null
  patterns: { slug: string; name: string; now: number; before: number }[]
}

/** Months-old patterns and a forum weeks away are worth a line, and no mail by themselves. */
export function hasNews({ postmortems, overdue, forum }: Digest): boolean {
  return postmortems.total > 0 || overdue.ownTotal > 0 || (forum?.isThisWeek ?? false)
}

/** A theme is told of from so many postmortems of the last 90 days on, when there were fewer in the 90 days before. */
const FEWEST = 3
const MOST_PATTERNS = 3

/** Themes on the rise: counts, and no claim that it is more than chance. */
export function patternsAmong<T extends { now: number; before: number }>(themes: readonly T[]): T[] {
  return themes.filter(theme => theme.now >= FEWEST && theme.now > theme.before).slice(0, MOST_PATTERNS)
}

export function digestMail(
  to: { name: string; email: string },
  digest: Digest,
  { organisation, origin }: { organisation: string; origin: string },
): Mail {
  return mailOf({
    to: to.email,
    subject: subjectOf(digest),
    blocks: [
      { kind: 'paragraph', text: `Hello ${to.name},` },
      { kind: 'paragraph', text: `this is what was learnt at ${organisation} last week, and what waits.` },
      ...postmortemBlocks(digest, origin),
      ...actionBlocks(digest, origin),
      ...forumBlocks(digest, origin),
      ...patternBlocks(digest, origin),
    ],
    foot: `You get this once a week because you asked for it, and only when there is something new. Which mails you want, or none: ${origin}/me#preferences`,
  })
}

function subjectOf({ postmortems, overdue, forum }: Digest): string {
  const parts = [
    ...(postmortems.total > 0 ? [counted(postmortems.total, 'new postmortem')] : []),
    ...(overdue.ownTotal > 0 ? [`${counted(overdue.ownTotal, 'action item')} of yours overdue`] : []),
    ...(forum?.isThisWeek ? ['a forum this week'] : []),
  ]
  return `The week: ${parts.join(', ')}`
}

function postmortemBlocks({ postmortems: { items, total } }: Digest, origin: string): MailBlock[] {
  if (total === 0) return []
  const more = total - items.length
  return [
    { kind: 'heading', text: 'New postmortems' },
    {
      kind: 'list',
      items: items.map(({ slug, title, severity }) => ({
        text: title,
        note: severity ?? undefined,
        link: `${origin}/library/${slug}`,
      })),
    },
    ...(more > 0 ? [{ kind: 'link' as const, text: `${more} more in the library`, to: `${origin}/library` }] : []),
  ]
}

function actionBlocks({ overdue: { own, ownTotal, everybody } }: Digest, origin: string): MailBlock[] {
  if (everybody === 0) return []
  const all = `${everybody === 1 ? 'One action item is' : `${everybody} action items are`} overdue`
  const yours =
    ownTotal === 0 ? 'none of them yours' : ownTotal === 1 ? 'one of them yours' : `${ownTotal} of them yours`
  return [
    { kind: 'heading', text: 'Overdue action items' },
    { kind: 'paragraph', text: `${all}, ${yours}.` },
    ...(own.length > 0
      ? [
          {
            kind: 'list' as const,
            items: own.map(({ id, title, daysLate }) => ({
              text: title,
              note: `${counted(daysLate, 'day')} late`,
              link: `${origin}/actions/${id}`,
            })),
          },
        ]
      : []),
  ]
}

function forumBlocks({ forum }: Digest, origin: string): MailBlock[] {
  if (!forum) return []
  const agenda = forum.items === 0 ? 'The agenda is not planned yet.' : `${counted(forum.items, 'agenda item')}.`
  return [
    { kind: 'heading', text: 'The next forum' },
    {
      kind: 'list',
      items: [{ text: forum.title, note: `${forum.when}. ${agenda}`, link: `${origin}/forums/${forum.id}` }],
    },
  ]
}

function patternBlocks({ patterns }: Digest, origin: string): MailBlock[] {
  if (patterns.length === 0) return []
  return [
    { kind: 'heading', text: 'What comes up more often' },
    {
      kind: 'list',
      items: patterns.map(({ slug, name, now, before }) => ({
        text: name,
        note: `${counted(now, 'postmortem')} of the last 90 days, ${before} of the 90 before`,
        link: `${origin}/themes/${slug}`,
      })),
    },
  ]
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`
}
