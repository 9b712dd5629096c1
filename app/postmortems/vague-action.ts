/** Titles of action items of which nobody could tell that they are done, and the question that helps. Never a refusal. */

export interface VagueAction {
  /** The words that say too little, as they were written. */
  words: string
  question: string
}

interface Rule {
  pattern: RegExp
  question: string
}

/** What may follow a verb before the thing it is about. */
const ARTICLE = '(?:(?:our|the|all|more|better|some|additional|further|general|overall)\\s+)*'

function verb(verbs: string, things: string): RegExp {
  return new RegExp(`\\b(?:${verbs})\\s+${ARTICLE}(?:[\\p{L}-]+\\s+)?(?:${things})\\b`, 'iu')
}

const RULES: Rule[] = [
  {
    pattern: verb(
      'improve|better|enhance|increase|extend|expand|strengthen|optimi[sz]e',
      'monitoring|alerting|alerts?|observability|logging|metrics|dashboards?|visibility',
    ),
    question: 'Which signal should reach whom, how long after it begins? That is how one would tell it is done.',
  },
  {
    pattern: verb('add|have|get|need', 'monitoring|alerting|observability|logging|visibility'),
    question: 'Which signal should reach whom, how long after it begins? That is how one would tell it is done.',
  },
  {
    pattern: verb('improve|update|better|extend|write|add', 'documentation|docs|runbooks?|playbooks?|wiki'),
    question: 'Which page will say what, and who will have followed it once? Name the page and the case.',
  },
  {
    pattern: verb('improve|increase|add|write|better|extend|more', 'tests?|testing|test coverage|coverage'),
    question: 'Which case would have failed before this incident? Name the test that fails without the change.',
  },
  {
    pattern: verb(
      'improve|better|increase',
      'communications?|collaboration|awareness|process(?:es)?|culture|ownership',
    ),
    question: 'What will people do differently the next time, and where would one see that they did?',
  },
  {
    pattern: verb(
      'improve|increase|ensure|enhance|strengthen',
      'reliability|stability|resilience|robustness|performance|scalability|availability|quality|capacity|security',
    ),
    question: 'Which number, measured where, will be better than what today? That is how one would tell it is done.',
  },
  {
    pattern: /\b(?:investigate|look (?:in)?to|explore|consider|evaluate|think about|discuss|research|analy[sz]e)\b/iu,
    question: 'What will be decided or written down at the end, and by when? That ending is the action.',
  },
  {
    pattern:
      /\b(?:be (?:more )?careful|take (?:more )?care|pay (?:more )?attention|remember to|make sure (?:that )?(?:it|this) (?:does not|doesn[’']t|never) happens?(?: again)?)\b/iu,
    question: 'Care wears off. What in the system would make the slip impossible, or harmless?',
  },
  {
    pattern:
      /\b(?:train|educate|remind|tell|teach)\s+(?:the\s+|all\s+|our\s+)*(?:team|everyone|everybody|engineers|developers|people|staff)\b/iu,
    question: 'What will they find when they need it and nobody remembers? Name the page, the check or the drill.',
  },
  {
    pattern: /^\s*(?:fix|clean up|refactor|rework|revisit|review|improve|follow up)(?:\s+[\p{L}-]+){0,2}\s*[.!]?\s*$/iu,
    question: 'What will be true afterwards that is not true today, so that another person could check it?',
  },
]

/** With a number, a path, a name in code or a place to look, there is something to check. */
const CHECKABLE =
  /\d|`[^`]+`|https?:\/\/|\b(?:when|until|so that|fails? (?:if|when|without)|below|above|within|at least|at most|before every|on every|pages?\s+the)\b/iu

/** The first thing that a title leaves open, or null. Quick enough to be asked while somebody writes. */
export function vagueAction(title: string): VagueAction | null {
  if (CHECKABLE.test(title)) return null
  for (const { pattern, question } of RULES) {
    const found = pattern.exec(title)
    if (found) return { words: found[0].trim(), question }
  }
  return null
}
