/**
 * Finds phrases that judge people, each with the question about the system that could stand in their place. It helps
 * and never blocks: what it finds is a suggestion. Quotations, code and systems as subjects are left alone.
 */
export interface JudgingPhrase {
  /** Where it stands in the text, in UTF-16 code units. */
  from: number
  to: number
  phrase: string
  question: string
}

const ASK = {
  hindsight: 'What did it look like from inside, and what made the choice reasonable at the time?',
  error: 'What made this easy to get wrong, and what would have caught it?',
  care: 'What else asked for attention, and what did the screens show at that moment?',
  fault: 'Which conditions had to come together for this to happen?',
  remembered: 'What could have remembered it instead: a check, a default, an alert?',
  noticed: 'What would have made it stand out?',
  rule: 'What made the written way hard to follow there and then?',
  known: 'How would anybody have come to know it?',
  act: 'What allowed one step to have this effect, and what would have stopped it?',
  missing: 'What was missing for it to happen: information, time, a tool, a hand?',
  exhort: 'What could change so that nobody needs to be careful?',
  talked: 'Which way was there for the word to get through?',
} as const

/** More than this is not read: such texts are logs. */
const LONGEST = 200_000

const ROLES =
  'engineers?|developers?|devs?|programmers?|operators?|administrators?|admins?|sysadmins?|SREs?|DBAs?|on-?calls?|on-call (?:person|engineer|responder)|responders?|reviewers?|deployers?|authors?|interns?|contractors?|consultants?|employees?|colleagues?|managers?|commanders?|technicians?|analysts?|testers?|support agents?|staff|persons?|people|someone|somebody|nobody|no one|anyone|anybody|everyone|everybody|individuals?|maintainers?|juniors?|seniors?|teams?|crew|stakeholders?|maker|colleague'
/** First names that are no product's. Those of the organisation's people come in beside them. */
const FIRST_NAMES =
  'Adam|Ahmed|Alex|Alexander|Alice|Amir|Amy|Ana|Andrea|Andrew|Anna|Anne|Anthony|Antonio|Barbara|Ben|Benjamin|Bob|Brian|Carlos|Carol|Caroline|Catherine|Charles|Charlotte|Chloe|Chris|Christian|Christina|Claire|Claudia|Daniel|David|Deborah|Diana|Dmitri|Elena|Elizabeth|Emily|Emma|Eric|Erik|Fatima|Felix|Fiona|Frank|Gary|George|Hannah|Hans|Helen|Henry|Hiroshi|Ian|Ivan|Jack|James|Jan|Jane|Jason|Jennifer|Jessica|Jim|Joanna|Joe|John|Jonas|Jonathan|Jose|Joseph|Josh|Juan|Karen|Kate|Kevin|Laura|Lena|Linda|Lisa|Lucas|Lucy|Luis|Maria|Marie|Mario|Martin|Mary|Matt|Matthew|Mehmet|Michael|Mike|Mohammed|Monica|Nancy|Natalie|Nicholas|Nick|Nicole|Olga|Oliver|Olivia|Pablo|Patricia|Patrick|Paul|Pedro|Peter|Philip|Priya|Rachel|Rebecca|Richard|Robert|Sam|Samuel|Sandra|Sarah|Sergey|Simon|Sophie|Stefan|Stephen|Steve|Susan|Thomas|Tim|Tom|Victor|Wei|William|Yuki'

const ADVERBS =
  '(?:\\w+ly|also|then|still|just|again|never|always|even|first|later|who|had|has|have|simply|sadly|at first|once more)'
const BEHIND = `(?:\\s+(?:of|on|in|for|from|at|with)\\s+(?:the\\s+|this\\s+|that\\s+|our\\s+)?[\\w-]+|\\s+(?:involved|concerned|responsible|in question|on duty))?(?:\\s+${ADVERBS}){0,3}\\s*$`

/** Verbs that only people do: what follows 'failed to', 'did not', 'should have been'. */
const HUMAN =
  'notic\\w*|escalat\\w*|communicat\\w*|follow\\w*|reali[sz]\\w*|ask\\w*|tell|told|read|understand|understood|consider\\w*|think|thought|bother\\w*|check\\w*|double-check\\w*|test\\w*|review\\w*|document\\w*|inform\\w*|anticipat\\w*|appreciat\\w*|know|known|pay|paid|plan\\w*|remember\\w*|learn\\w*|spot\\w*|question\\w*|warn\\w*|listen\\w*|coordinat\\w*|prepar\\w*|caught|catch|foresee\\w*|recogni[sz]\\w*|heed\\w*|train\\w*|care|do their|do his|do her|take care|mention\\w*|look\\w*|talk\\w*'

interface Rule {
  /** Without a leading word boundary; it is added. */
  pattern: string
  question: string
  /** Who must stand before it: a named or described person, 'we' too, or nobody in particular. */
  subject: 'person' | 'anyone' | 'none' | 'sentence'
}

const NOT = "(?:did(?:n['’]t| not)|had(?:n['’]t| not)|was(?:n['’]t| not)|were(?:n['’]t| not)|has(?:n['’]t| not))"

/** The first that fits a place wins. */
const RULES: Rule[] = [
  // Words that judge, whoever they are about.
  {
    pattern:
      '(?:human|operator|pilot|user|manual|personal|administrator|engineer|developer|driver)[ -]errors?(?! (?:code|message|page|rate|report)s?)',
    question: ASK.error,
    subject: 'none',
  },
  {
    pattern:
      'fat[- ]?finger\\w*(?: mistakes?| errors?)?|rookie (?:mistake|error)s?|(?:stupid|silly|dumb|careless) (?:mistake|error)s?',
    question: ASK.error,
    subject: 'none',
  },
  {
    pattern:
      'careless(?:ly|ness)?|negligen(?:t|tly|ce)|sloppy|sloppily|sloppiness|reckless(?:ly|ness)?|inattenti(?:ve|on|veness)|thoughtless(?:ly|ness)?',
    question: ASK.care,
    subject: 'none',
  },
  {
    pattern:
      '(?:too )?(?:lazy|laziness)(?= to\\b|[.,;]| about\\b)|incompeten(?:t|ce)|stupid(?:ly|ity)?|irresponsibl[ey]|idiot\\w*|foolish(?:ly)?',
    question: ASK.fault,
    subject: 'none',
  },
  {
    pattern: '(?:to blame|blam(?:e|ed|es|ing) (?:the|on|it on|him|her|them)|at fault)(?! tolerance)',
    question: ASK.fault,
    subject: 'none',
  },
  {
    pattern:
      "(?:his|her|their|my|your|whose|nobody['’]s|somebody['’]s|someone['’]s) (?:own )?(?:fault|mistake|error|negligence|oversight)",
    question: ASK.fault,
    subject: 'none',
  },
  {
    pattern: `(?:${ROLES})['’]s?\\s+(?:fault|mistake|error|negligence|oversight|incompetence|carelessness|failure to)`,
    question: ASK.fault,
    subject: 'none',
  },
  {
    pattern:
      '(?:poor|bad|lack of) judge?ment|common sense|known better|know better|lack of (?:discipline|care|diligence|attention|professionalism|ownership|rigou?r)',
    question: ASK.care,
    subject: 'none',
  },
  {
    pattern:
      '(?:paying|pay|paid|payed) (?:close |enough |more |any )?attention|(?:be|been|being) (?:more|extra|very) careful|(?:more|greater) diligence(?= (?:is|was|by|from)\\b)|double-check (?:his|her|their) work',
    question: ASK.exhort,
    subject: 'none',
  },
  {
    pattern:
      '(?:needs?|has|have|must) to be (?:reminded|told|warned|disciplined|retrained) (?:to|about|of|that)|(?:has|have) been (?:spoken to|reprimanded|disciplined|warned)',
    question: ASK.exhort,
    subject: 'none',
  },
  {
    pattern:
      '(?:obviously|clearly|simply) (?:the )?(?:wrong|a mistake|bad)(?: (?:decision|choice|call|thing))?|(?:wrong|poor|bad|terrible) (?:decision|choice|call)(?= (?:to|by|of|from|made)\\b)',
    question: ASK.hindsight,
    subject: 'none',
  },
  {
    pattern: `bothered to|${NOT} (?:even )?bother(?: to)?|could(?:n['’]t| not) be bothered`,
    question: ASK.missing,
    subject: 'none',
  },
  {
    pattern: 'poorly (?:thought|planned|considered|tested|reviewed)(?: (?:through|out))?',
    question: ASK.missing,
    subject: 'none',
  },

  // Hindsight.
  {
    pattern: `(?:should|could|would|ought to|must)(?:n['’]t| not| never| also| probably)* have (?:been (?:more )?(?:careful|aware|alert|attentive)|known better)`,
    question: ASK.hindsight,
    subject: 'none',
  },
  {
    pattern:
      "(?:should|could|ought to)(?:n['’]t| not| never| also| probably| all| then| at least| really)* have(?: been)?",
    question: ASK.hindsight,
    subject: 'anyone',
  },
  {
    pattern:
      "would(?: not| never| also| at once)*(?:n[’']t)? have (?=rolled|noticed|checked|known|seen|asked|caught|reali[sz]ed)",
    question: ASK.hindsight,
    subject: 'person',
  },
  {
    pattern: `should(?:n['’]t| not| never| also)* have been (?:${HUMAN})`,
    question: ASK.hindsight,
    subject: 'sentence',
  },

  // What people are said not to have done.
  {
    pattern: '(?:had |have |has )?(?:forgot|forgotten)(?: to| about|(?= the\\b| that\\b| a\\b))',
    question: ASK.remembered,
    subject: 'anyone',
  },
  { pattern: '(?:neglected|omitted|refused|declined) to', question: ASK.missing, subject: 'anyone' },
  {
    pattern: '(?:failed|fails|failing) to (?=(?:notice|spot|see|detect|recogni[sz]e)\\b)',
    question: ASK.noticed,
    subject: 'anyone',
  },
  {
    pattern: '(?:failed|fails|failing) to (?=(?:escalate|communicate|inform|tell|warn|mention|notify)\\b)',
    question: ASK.talked,
    subject: 'anyone',
  },
  {
    pattern: '(?:failed|fails|failing) to (?=(?:follow|adhere|comply|obey)\\b)',
    question: ASK.rule,
    subject: 'anyone',
  },
  { pattern: '(?:failed|fails) to', question: ASK.missing, subject: 'anyone' },
  { pattern: `(?<=^[\\s>*\\d.)-]*)failed to (?=(?:${HUMAN})\\b)`, question: ASK.missing, subject: 'sentence' },
  {
    pattern: `${NOT} (?:properly |fully |even |really )?(?:follow|adhere|comply)\\w*`,
    question: ASK.rule,
    subject: 'person',
  },
  {
    pattern: `${NOT} (?:properly |fully |even |really )?(?:notice|see|spot|reali[sz]e|recogni[sz]e)d?`,
    question: ASK.noticed,
    subject: 'person',
  },
  {
    pattern: `${NOT} (?:properly |fully |even |really )?(?:understand|understood|know|qualified|experienced|trained|competent)`,
    question: ASK.known,
    subject: 'person',
  },
  {
    pattern: `${NOT} (?:properly |fully |even |really )?(?:check|test|read|ask|tell|verify|review|think|listen|warn|communicate|escalate|document|inform|consider|do (?:his|her|their))\\w*`,
    question: ASK.missing,
    subject: 'person',
  },
  {
    pattern: '(?:ignored|ignoring|disregarded|overlooked|misread|misjudged|misunderstood|misinterpreted)',
    question: ASK.noticed,
    subject: 'person',
  },
  {
    pattern: '(?:skipped|bypassed|circumvented|violated|breached|disobeyed|deviated from)',
    question: ASK.rule,
    subject: 'person',
  },
  {
    pattern:
      '(?:panicked|lost control|was distracted|were distracted|got distracted|was tired|was inexperienced|was unqualified)',
    question: ASK.care,
    subject: 'person',
  },
  {
    pattern:
      '(?:wrongly|mistakenly|inadvertently|erroneously|incorrectly|blindly|accidentally|unwisely|naively) \\w+(?:ed|ran|left|put|set|took|made|sent|chose|thought)?',
    question: ASK.error,
    subject: 'person',
  },
  {
    pattern:
      '(?:had |has )?(?:made|did|done) (?:an? |the |several |some )?(?:\\w+ )?(?:mistakes?|errors?|blunder|bad job|poor job|poor work)',
    question: ASK.error,
    subject: 'person',
  },
  {
    pattern:
      '(?:mistyped|typed the wrong|entered the wrong|picked the wrong|chose the wrong|selected the wrong|restarted the wrong|ran the wrong|deleted the wrong|mixed up|messed up|screwed up|botched|bungled)',
    question: ASK.error,
    subject: 'person',
  },
  {
    pattern: '(?:broke|deleted|wiped|dropped|destroyed|took down|brought down|crashed|caused)',
    question: ASK.act,
    subject: 'person',
  },
  {
    pattern: '(?:missed)(?= (?:the|an?|this|that|it|several|many|two|three)\\b)',
    question: ASK.noticed,
    subject: 'person',
  },
  { pattern: 'by mistake', question: ASK.error, subject: 'sentence' },
]

const COMPILED = RULES.map(rule => ({ ...rule, regex: new RegExp(`(?<![\\w-])(?:${rule.pattern})(?![\\w])`, 'gi') }))
const WE = 'we|I|they'
/** A word that makes the next 'agent', 'team' … a system's, or a plural that systems share. */
const SYSTEM_BEFORE = /\b(?:log|metrics|monitoring|build|ssh|gpg|user|backup|kubernetes|k8s)[ -]$/i

/**
 * Every judging phrase of a text, in order, none within another.
 * @param names people whose names may come up, in full; each is also known by its first and last word.
 */
export function judgingPhrases(text: string, names: readonly string[] = []): JudgingPhrase[] {
  if (text.length > LONGEST) return []
  const visible = withoutQuotations(text)
  const person = personPattern(names)
  const found: JudgingPhrase[] = []
  for (const { start, sentence } of sentencesOf(visible))
    for (const rule of COMPILED) {
      for (const match of sentence.matchAll(rule.regex)) {
        const from = start + match.index
        const to = from + match[0].trimEnd().length
        if (found.some(one => one.from < to && from < one.to)) continue
        if (!fits(rule.subject, sentence, match, person)) continue
        found.push({ from, to, phrase: text.slice(from, to), question: rule.question })
      }
    }
  return found.sort((a, b) => a.from - b.from)
}

function fits(subject: Rule['subject'], sentence: string, match: RegExpExecArray, person: Person): boolean {
  if (subject === 'none') return true
  const before = sentence.slice(Math.max(0, match.index - 160), match.index)
  const after = sentence.slice(match.index + match[0].length)
  if (subject === 'sentence')
    return (
      person.anywhere.test(sentence) ||
      new RegExp(`^\\s*(?:${HUMAN})\\b`, 'i').test(after) ||
      /have been/i.test(match[0])
    )
  if (isPerson(before, person)) return true
  if (subject !== 'anyone') return false
  if (new RegExp(`\\bwe(?:\\s+[^,;:]*\\b(?:and|but))?(?:\\s+${ADVERBS}){0,3}\\s*$`, 'i').test(before)) return true
  // 'They' and nobody at all are people where only people do what follows.
  return (
    new RegExp(`(?:\\b(?:${WE})|^[\\s>*\\d.)-]*)(?:\\s+${ADVERBS}){0,3}\\s*$`).test(before) &&
    new RegExp(`^\\s*(?:${HUMAN})\\b`, 'i').test(after)
  )
}

interface Person {
  atEnd: RegExp
  joined: RegExp
  anywhere: RegExp
}

function isPerson(before: string, person: Person): boolean {
  const match = person.atEnd.exec(before)
  if (match) return !SYSTEM_BEFORE.test(before.slice(0, match.index))
  return person.joined.test(before)
}

function personPattern(names: readonly string[]): Person {
  const words = new Set<string>()
  for (const name of names) {
    const parts = name
      .trim()
      .split(/\s+/)
      .filter(part => part.length > 2)
    if (parts.length === 0) continue
    for (const one of [name.trim(), parts[0] as string, parts[parts.length - 1] as string]) words.add(escaped(one))
  }
  const known = [...words].sort((a, b) => b.length - a.length)
  // Names are told from words by their capital letter; roles may stand at the beginning of a sentence.
  const roles = ROLES.replace(/[a-z]+/gi, word =>
    /^[a-z]/.test(word) ? `[${word[0]}${word[0]?.toUpperCase()}]${word.slice(1)}` : word,
  )
  const one = `(?:[Hh]e|[Ss]he|${roles}|(?:${[...known, FIRST_NAMES].join('|')})(?: \\p{Lu}[\\p{L}'’-]+)?)`
  return {
    atEnd: new RegExp(`(?<![\\p{L}\\d_-])${one}(?![\\p{L}\\d_-])${BEHIND}`, 'u'),
    joined: new RegExp(
      `^[\\s>*\\d.)-]*(?:(?:[Tt]he|[Aa]n?|[Oo]ur|[Oo]ne|[Tt]his|[Tt]hat|[Ii]f the) )?(?:[\\w-]+ ){0,2}${one}(?![\\p{L}\\d_-])[^,;:]* (?:and|but) (?:${ADVERBS}\\s+){0,2}$`,
      'u',
    ),
    anywhere: new RegExp(`(?<![\\p{L}\\d_-])${one}(?![\\p{L}\\d_-])`, 'u'),
  }
}

function escaped(words: string): string {
  return words.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}

/** Code, quoted words, quoted paragraphs and addresses are blotted out, letter for letter. */
function withoutQuotations(text: string): string {
  const blot = (found: string) => found.replace(/[^\n]/g, '\u0001')
  return text
    .replace(/^(?:```|~~~)[^\n]*\n[\s\S]*?(?:^(?:```|~~~)[ \t]*$|$(?![\s\S]))/gm, blot)
    .replace(/^(?: {4}|\t)[^\n]*$/gm, blot)
    .replace(/^ {0,3}>[^\n]*$/gm, blot)
    .replace(/(`{1,3})(?!`)[^`\n]{1,500}\1/g, blot)
    .replace(/"[^"\n]{1,400}"|“[^”\n]{1,400}”|«[^»\n]{1,400}»|„[^“”\n]{1,400}[“”]/g, blot)
    .replace(/(?<![\p{L}\d])['‘][^'’\n]{1,200}['’](?![\p{L}\d])/gu, blot)
    .replace(/\]\([^)\s]{1,500}\)/g, blot)
    .replace(/\bhttps?:\/\/[^\s)>]{1,500}/g, blot)
}

/** Sentences and list items; a line break inside a paragraph does not end one. */
function sentencesOf(text: string): { start: number; sentence: string }[] {
  const parts: { start: number; sentence: string }[] = []
  const end = /[.!?](?=\s|$)|\n(?=\s*(?:\n|[-*+#|]|\d{1,3}[.)]\s))|\||$/g
  let start = 0
  while (start < text.length) {
    end.lastIndex = start
    const at = end.exec(text)?.index ?? text.length
    parts.push({ start, sentence: text.slice(start, at + 1).replace(/\n/g, ' ') })
    start = at + 1
  }
  return parts
}
