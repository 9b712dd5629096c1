/** The respondent's words in English. `{name}` is filled in by the page. */
export const ENGLISH = {
  // The page
  skip: 'Skip to the questions',
  notSignedIn: 'You are not signed in on this page',
  eyebrow: 'Anonymous survey',
  closes: 'closes',
  closed: 'closed',
  questionsInAll: '{n} questions; every one can be left out.',
  draftStays: 'Your draft stays in this browser until you cast it.',
  promise:
    'Nobody can tell which answers are yours: not your colleagues from the results, and not the administrator of this server from its database, backups, logs and mail once the survey has closed. And you can check that you were counted.',
  promiseHow: 'The server signed your ballot without seeing it, as a notary stamps a sealed envelope.',
  howItWorks: 'How it works, and what it does not protect',
  step1: 'Collected while signed in',
  step2: 'Answered without an account',
  step3: 'Cast with the ballot, never with you',
  step4: 'Counted: check your receipt yourself',
  noScript:
    'Casting needs JavaScript: your browser, not the server, takes the blinding off and prepares what is sent. You can read everything here without it, and answer from a terminal instead:',
  noScriptWhy: 'The terminal client does the same and needs nothing but this address.',
  keys: 'Keys: 1 to {n} answer a question and go on, arrows move within it, Enter goes on.',
  leaveOut: 'Leave this one out',
  leftOut: 'Left out',
  severalAnswers: 'As many as apply.',
  commentHelp:
    'Shown only with at least {k} comments, shuffled, apart from your ticks and your group. Your way of writing may still be recognised: keep names and places out.',
  charactersLeft: '{n} characters left',
  groupHelp:
    'Results of a group are shown only where {k} people or more make it safe; who is in which group is never checked.',
  yourGroup: 'Your group: {label}',
  ratherNotSay: 'Rather not say',
  of: '{answered} of {asked} answered',
  draftHere: 'draft kept here',
  draftInPage: 'kept in this page only',
  takeElsewhere: 'take my ballot elsewhere',
  review: 'Review and cast',
  back: 'Back to the questions',

  // States of the survey
  notYetTitle: 'Answering has not begun',
  notYet:
    'Answering begins {answering} and ends {closes}. Collect your ballot before: two moments that have nothing to do with each other tell nothing about each other.',
  plannedTitle: 'This survey has not begun',
  planned: 'Ballots can be collected from {collecting}, answers given from {answering}.',
  closedTitle: 'This survey is closed',
  closedText: 'It takes no more answers. What was cast before is counted; single answers no longer exist.',
  closingText: 'It takes no more answers. They are being counted now; the bulletin comes in a moment.',
  abandonedTitle: 'This survey was abandoned',
  abandonedText:
    'It counts nothing and shows no results. Nobody did anything wrong by answering it; what was sent has been deleted.',
  results: 'Results, for those who are signed in',
  bulletin: 'The bulletin: every ballot that was counted, for anyone to check',
  uncast: 'Answers that were never cast are still in this browser. They were not counted anywhere.',
  forgetDraft: 'Delete them here',
  forgotten: 'Deleted.',
  noKioskTitle: 'Not on a shared machine',
  noKiosk: 'The charter of this survey does not allow answering on a shared machine. Please use a device of your own.',
  needsHttps:
    'This page was not reached through HTTPS, so the browser refuses the cryptography that keeps you anonymous. Ask whoever runs Candor for its https:// address. Nothing can be cast from here.',
  notKept: 'This browser refuses to keep anything. Your answers live in this page only: cast them before you close it.',
  kiosk:
    'Shared machine: nothing is kept here. Bring your ballot by link, code or file; all is gone when you start over or leave.',
  idle: 'Is somebody there? This page starts over in {n} seconds, and what was answered is gone.',
  stillHere: 'I am here',
  nextPerson: 'Start over for the next person',

  // The ballot
  hasBallot: 'Your ballot is in this browser.',
  noBallotTitle: 'There is no ballot for this survey in this browser',
  noBallot: 'You can answer now; to cast, you need the ballot that you collected or can still collect.',
  noBallotYet: 'It can be collected now, days before answering begins, or brought here already.',
  collectIt: 'Collect it: sign in and open this survey',
  bringIt: 'Bring it from where you collected it',
  codeLabel: 'Ballot code, or the link that carries it',
  useCode: 'Use this ballot',
  fileLabel: 'Or the ballot’s file',
  bringQr: 'Or point a phone’s camera at the QR code there: the phone opens this page with the ballot.',
  brought: 'The ballot has arrived in this browser.',
  codeUnreadable:
    'That is not a whole ballot: characters are missing or changed. Copy it again from its beginning to its end.',
  codeOtherWave: 'That ballot belongs to another survey ({wave}).',
  codeForeign: 'That ballot was not signed for this survey, so it would not count.',
  twoBallots:
    'Another ballot for this survey is in this browser already. Only one can be used here; the other is deleted from this browser.',
  useBrought: 'Use the one I brought',
  useOld: 'Keep the one that was here',
  exportTitle: 'Take your ballot with you',
  exportWarning:
    'Whoever has your ballot can answer instead of you, once. Whoever asks you for it should not get it: check it yourself, send it to nobody.',
  exportFile: 'Save as a file',
  exportCopy: 'Copy the code',
  exportCopyLink: 'Copy a link',
  exportQr: 'Show a QR code',
  qrAlt: 'QR code of a link that carries your ballot',
  copied: 'Copied.',
  copyFailed: 'The browser does not let this page copy. Select the text and copy it yourself.',

  // Casting
  reviewTitle: 'This is what you cast',
  reviewText:
    'Once cast it counts, and nobody can change it or take it back: not you and not the administrator, since nobody knows which one is yours.',
  nothingAnswered: 'You have answered nothing. An empty response counts as taking part.',
  change: 'Change',
  cast: 'Cast',
  castWithout: 'To cast you need a ballot. Your answers stay here until you have one.',
  checkingKey: 'Checking the key of the survey …',
  casting: 'Casting …',
  unreachable:
    'The server does not answer. Your answers are kept in this browser and sent again in {n} seconds. Sending twice counts once.',
  unreachableInPage:
    'The server does not answer. Your answers are kept in this page and sent again in {n} seconds: please leave it open. Sending twice counts once.',
  tryNow: 'Try now',
  resume: 'Your answers were on their way when this page was left. They are sent again; sending twice counts once.',
  keyChanged:
    'The key of this survey is not the one that its charter promises. Nothing was sent. Please tell somebody whom you trust: this must not happen.',
  castClosed:
    'The survey closed before your answers arrived. If an earlier attempt did arrive, the bulletin has your receipt.',
  castForeign:
    'The server does not accept this ballot for this survey. Your answers are still here; bring the right ballot and cast again.',
  castUsed:
    'With this ballot other answers were cast before. The first ones count. If they were not yours, somebody else had your ballot.',
  castRefused: 'The server refused what this page sent: {detail} Your answers are still here.',
  castOtherReceipt:
    'The server answered with a receipt that does not belong to what you sent. Your own receipt is kept, so that you can check the bulletin after closing.',

  // Done
  doneTitle: 'Cast. Thank you.',
  doneText:
    'This browser has forgotten your answers and your ballot. What it keeps is the receipt, which says that you were counted and nothing about what you said.',
  doneTextInPage:
    'Your answers and your ballot are forgotten. The receipt says that you were counted and nothing about what you said. Take it with you now: this page keeps nothing.',
  receipt: 'Receipt',
  commentReceipt: 'Receipt of a comment',
  saveReceipt: 'Save the receipt',
  copyReceipt: 'Copy the receipt',
  checkLater: 'After closing ({closes}) come back here to check that you were counted.',
  another: 'Somebody else uses this browser too? Bring another ballot',

  // Was I counted
  countedTitle: 'Was I counted?',
  countedText:
    'Your receipt is looked for in the bulletin, and every ballot there is checked against the key of this survey, in this browser.',
  receiptLabel: 'Your receipt',
  checkIt: 'Check',
  noReceipt: 'That is no receipt: it has 43 letters, digits, - and _.',
  checkingBulletin: 'Checking the bulletin …',
  counted:
    'Yes: your receipt is in the bulletin. {cast} of {invited} invited were counted, and all their ballots are valid.',
  notCounted: 'No: this receipt is not in the bulletin.',
  notReady: 'The bulletin is not there yet. Try again in a minute.',
  problem: 'Something is wrong with this bulletin: {problem}',
  'wrong-key': 'its key is not the one of the charter',
  'invalid-signature': 'an entry is not a ballot of this survey',
  'serial-twice': 'a ballot is there twice',
  'receipt-twice': 'a receipt is there twice',
  'cast-is-not-entries': 'it says another number of cast ballots than it lists',
  'more-cast-than-collected': 'more ballots were cast than collected',
  'more-collected-than-invited': 'more ballots were collected than people invited',
  'comment-receipt-missing': 'the receipt of a comment is missing',

  // Collecting, on the signed-in page
  collect: 'Collect my ballot',
  collecting: 'Making and blinding your ballot …',
  collected:
    'Your ballot is in this browser. Nobody but you has it, and it cannot be issued again: take a copy if you will answer elsewhere.',
  collectedElsewhere:
    'A ballot was collected in your name, and it is not in this browser: it is where you collected it. It cannot be issued again. If you did not collect it, tell your administrator and your colleagues: this must not happen.',
  castFromHere: 'A response was cast from this browser. Your receipt is kept on the page of the survey.',
  storageRefused:
    'This browser refuses to keep anything, so the ballot lives in this page only. Take it with you before you leave the page.',
  collectUnreachable: 'The server does not answer. Nothing is lost: try again.',
  collectGone: 'This survey takes no more ballots.',
  collectNotInvited: 'You are not among the people invited to this survey.',
  collectBadSignature:
    'The server’s signature is not valid for the key of the charter. Please tell somebody whom you trust: this must not happen.',
  answerNow: 'Answer',
  answerLater: 'Answering begins {answering}.',
  privately:
    'Tip: answer at another time than now, or from another device. Then not even somebody who watches the network learns from the two moments.',
}
