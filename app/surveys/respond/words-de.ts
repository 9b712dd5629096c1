/** The respondent's words in German. */
import type { Words } from './words.ts'

export const GERMAN: Words = {
  skip: 'Zu den Fragen springen',
  notSignedIn: 'Auf dieser Seite sind Sie nicht angemeldet',
  eyebrow: 'Anonyme Umfrage',
  closes: 'schließt',
  closed: 'geschlossen',
  questionsInAll: '{n} Fragen; jede kann ausgelassen werden.',
  draftStays: 'Ihr Entwurf bleibt in diesem Browser, bis Sie ihn abgeben.',
  promise:
    'Niemand kann erkennen, welche Antworten Ihre sind: nicht Ihre Kolleginnen und Kollegen aus den Ergebnissen, und nicht die Administration dieses Servers aus Datenbank, Sicherungen, Protokollen und Mails, sobald die Umfrage geschlossen ist. Und Sie können prüfen, dass Sie gezählt wurden.',
  promiseHow:
    'Der Server hat Ihren Stimmzettel unterschrieben, ohne ihn zu sehen, wie man einen verschlossenen Umschlag stempelt.',
  howItWorks: 'Wie das geht, und wovor es nicht schützt',
  step1: 'Angemeldet abgeholt',
  step2: 'Ohne Konto beantwortet',
  step3: 'Mit dem Stimmzettel abgegeben, nie mit Ihnen',
  step4: 'Gezählt: prüfen Sie Ihre Quittung selbst',
  noScript:
    'Zum Abgeben braucht es JavaScript: Ihr Browser, nicht der Server, nimmt die Verblendung ab und bereitet vor, was gesendet wird. Lesen können Sie hier alles auch ohne, und antworten im Terminal:',
  noScriptWhy: 'Das Programm im Terminal tut dasselbe und braucht nichts als diese Adresse.',
  keys: 'Tasten: 1 bis {n} beantworten eine Frage und gehen weiter, Pfeile bewegen sich in ihr, Enter geht weiter.',
  leaveOut: 'Diese auslassen',
  leftOut: 'Ausgelassen',
  severalAnswers: 'So viele, wie zutreffen.',
  commentHelp:
    'Wird nur ab {k} Kommentaren gezeigt, gemischt, getrennt von Ihren Kreuzen und Ihrer Gruppe. Ihre Art zu schreiben kann man trotzdem erkennen: nennen Sie keine Namen und Orte.',
  charactersLeft: 'noch {n} Zeichen',
  groupHelp:
    'Ergebnisse einer Gruppe erscheinen nur, wo es mit {k} oder mehr Menschen sicher ist; wer zu welcher Gruppe gehört, wird nie geprüft.',
  yourGroup: 'Ihre Gruppe: {label}',
  ratherNotSay: 'Möchte ich nicht sagen',
  of: '{answered} von {asked} beantwortet',
  draftHere: 'Entwurf liegt hier',
  draftInPage: 'liegt nur in dieser Seite',
  takeElsewhere: 'meinen Stimmzettel mitnehmen',
  review: 'Ansehen und abgeben',
  back: 'Zurück zu den Fragen',

  notYetTitle: 'Es kann noch nicht geantwortet werden',
  notYet:
    'Antworten beginnt {answering} und endet {closes}. Holen Sie Ihren Stimmzettel vorher ab: zwei Zeitpunkte, die nichts miteinander zu tun haben, verraten nichts übereinander.',
  plannedTitle: 'Diese Umfrage hat noch nicht begonnen',
  planned: 'Stimmzettel gibt es ab {collecting}, geantwortet wird ab {answering}.',
  closedTitle: 'Diese Umfrage ist geschlossen',
  closedText:
    'Sie nimmt keine Antworten mehr an. Was vorher abgegeben wurde, ist gezählt; einzelne Antworten gibt es nicht mehr.',
  closingText: 'Sie nimmt keine Antworten mehr an. Sie werden gerade gezählt; das Verzeichnis kommt gleich.',
  abandonedTitle: 'Diese Umfrage wurde aufgegeben',
  abandonedText:
    'Sie zählt nichts und zeigt keine Ergebnisse. Niemand hat mit einer Antwort etwas falsch gemacht; was gesendet wurde, ist gelöscht.',
  results: 'Ergebnisse, für Angemeldete',
  bulletin: 'Das Verzeichnis: jeder gezählte Stimmzettel, von allen zu prüfen',
  uncast: 'In diesem Browser liegen noch Antworten, die nie abgegeben wurden. Sie wurden nirgends gezählt.',
  forgetDraft: 'Hier löschen',
  forgotten: 'Gelöscht.',
  noKioskTitle: 'Nicht auf einem gemeinsamen Gerät',
  noKiosk:
    'Die Charta dieser Umfrage erlaubt kein Antworten auf einem gemeinsamen Gerät. Bitte nehmen Sie ein eigenes.',
  needsHttps:
    'Diese Seite wurde nicht über HTTPS erreicht; darum verweigert der Browser die Kryptographie, die Sie anonym hält. Fragen Sie die Betreiber von Candor nach der https://-Adresse. Von hier kann nichts abgegeben werden.',
  notKept:
    'Dieser Browser bewahrt nichts auf. Ihre Antworten leben nur in dieser Seite: geben Sie ab, bevor Sie sie schließen.',
  kiosk:
    'Gemeinsames Gerät: nichts wird hier aufbewahrt. Bringen Sie Ihren Stimmzettel als Link, Code oder Datei; alles ist fort, wenn Sie neu beginnen oder gehen.',
  idle: 'Ist jemand da? In {n} Sekunden beginnt diese Seite von vorn, und was beantwortet war, ist fort.',
  stillHere: 'Ich bin hier',
  nextPerson: 'Für die nächste Person von vorn beginnen',

  hasBallot: 'Ihr Stimmzettel ist in diesem Browser.',
  noBallotTitle: 'In diesem Browser ist kein Stimmzettel für diese Umfrage',
  noBallot:
    'Antworten können Sie schon jetzt; zum Abgeben brauchen Sie den Stimmzettel, den Sie abgeholt haben oder noch abholen können.',
  noBallotYet: 'Er kann jetzt abgeholt werden, Tage bevor das Antworten beginnt, oder schon hierher mitgebracht.',
  collectIt: 'Abholen: anmelden und diese Umfrage öffnen',
  bringIt: 'Mitbringen, von wo Sie ihn abgeholt haben',
  codeLabel: 'Code des Stimmzettels, oder der Link, der ihn trägt',
  useCode: 'Diesen Stimmzettel nehmen',
  fileLabel: 'Oder die Datei des Stimmzettels',
  bringQr:
    'Oder halten Sie die Kamera eines Telefons auf den QR-Code dort: das Telefon öffnet diese Seite mit dem Stimmzettel.',
  brought: 'Der Stimmzettel ist in diesem Browser angekommen.',
  codeUnreadable:
    'Das ist kein ganzer Stimmzettel: Zeichen fehlen oder sind verändert. Kopieren Sie ihn noch einmal von Anfang bis Ende.',
  codeOtherWave: 'Dieser Stimmzettel gehört zu einer anderen Umfrage ({wave}).',
  codeForeign: 'Dieser Stimmzettel wurde nicht für diese Umfrage unterschrieben und würde nicht zählen.',
  twoBallots:
    'In diesem Browser ist schon ein anderer Stimmzettel für diese Umfrage. Nur einer kann hier gelten; der andere wird in diesem Browser gelöscht.',
  useBrought: 'Den mitgebrachten nehmen',
  useOld: 'Den hiesigen behalten',
  exportTitle: 'Ihren Stimmzettel mitnehmen',
  exportWarning:
    'Wer Ihren Stimmzettel hat, kann statt Ihrer antworten, einmal. Wer Sie darum bittet, sollte ihn nicht bekommen: prüfen Sie selbst, senden Sie ihn niemandem.',
  exportFile: 'Als Datei sichern',
  exportCopy: 'Code kopieren',
  exportCopyLink: 'Link kopieren',
  exportQr: 'QR-Code zeigen',
  qrAlt: 'QR-Code eines Links, der Ihren Stimmzettel trägt',
  copied: 'Kopiert.',
  copyFailed: 'Der Browser lässt diese Seite nicht kopieren. Markieren Sie den Text und kopieren Sie ihn selbst.',

  reviewTitle: 'Das geben Sie ab',
  reviewText:
    'Einmal abgegeben zählt es, und niemand kann es ändern oder zurücknehmen: Sie nicht und die Administration nicht, denn niemand weiß, welche Antwort Ihre ist.',
  nothingAnswered: 'Sie haben nichts beantwortet. Eine leere Antwort zählt als Teilnahme.',
  change: 'Ändern',
  cast: 'Abgeben',
  castWithout: 'Zum Abgeben brauchen Sie einen Stimmzettel. Ihre Antworten bleiben hier, bis Sie einen haben.',
  checkingKey: 'Der Schlüssel der Umfrage wird geprüft …',
  casting: 'Wird abgegeben …',
  unreachable:
    'Der Server antwortet nicht. Ihre Antworten liegen in diesem Browser und werden in {n} Sekunden wieder gesendet. Zweimal gesendet zählt einmal.',
  unreachableInPage:
    'Der Server antwortet nicht. Ihre Antworten liegen in dieser Seite und werden in {n} Sekunden wieder gesendet: bitte lassen Sie sie offen. Zweimal gesendet zählt einmal.',
  tryNow: 'Jetzt versuchen',
  resume:
    'Ihre Antworten waren unterwegs, als diese Seite verlassen wurde. Sie werden wieder gesendet; zweimal gesendet zählt einmal.',
  keyChanged:
    'Der Schlüssel dieser Umfrage ist nicht der, den ihre Charta verspricht. Es wurde nichts gesendet. Bitte sagen Sie es jemandem, dem Sie vertrauen: das darf nicht vorkommen.',
  castClosed:
    'Die Umfrage schloss, bevor Ihre Antworten ankamen. Falls ein früherer Versuch doch ankam, steht Ihre Quittung im Verzeichnis.',
  castForeign:
    'Der Server nimmt diesen Stimmzettel für diese Umfrage nicht an. Ihre Antworten sind noch hier; bringen Sie den richtigen Stimmzettel und geben Sie noch einmal ab.',
  castUsed:
    'Mit diesem Stimmzettel wurden schon andere Antworten abgegeben. Die ersten zählen. Wenn es nicht Ihre waren, hatte jemand anderes Ihren Stimmzettel.',
  castRefused: 'Der Server wies zurück, was diese Seite sandte: {detail} Ihre Antworten sind noch hier.',
  castOtherReceipt:
    'Der Server antwortete mit einer Quittung, die nicht zu dem gehört, was Sie sandten. Ihre eigene Quittung wird aufbewahrt, damit Sie nach dem Schließen das Verzeichnis prüfen können.',

  doneTitle: 'Abgegeben. Danke.',
  doneText:
    'Dieser Browser hat Ihre Antworten und Ihren Stimmzettel vergessen. Er behält die Quittung: sie sagt, dass Sie gezählt wurden, und nichts darüber, was Sie sagten.',
  doneTextInPage:
    'Ihre Antworten und Ihr Stimmzettel sind vergessen. Die Quittung sagt, dass Sie gezählt wurden, und nichts darüber, was Sie sagten. Nehmen Sie sie jetzt mit: diese Seite bewahrt nichts auf.',
  receipt: 'Quittung',
  commentReceipt: 'Quittung eines Kommentars',
  saveReceipt: 'Quittung sichern',
  copyReceipt: 'Quittung kopieren',
  checkLater: 'Nach dem Schließen ({closes}) können Sie hier prüfen, dass Sie gezählt wurden.',
  another: 'Nutzt noch jemand diesen Browser? Einen anderen Stimmzettel bringen',

  countedTitle: 'Wurde ich gezählt?',
  countedText:
    'Ihre Quittung wird im Verzeichnis gesucht, und jeder Stimmzettel dort wird in diesem Browser gegen den Schlüssel dieser Umfrage geprüft.',
  receiptLabel: 'Ihre Quittung',
  checkIt: 'Prüfen',
  noReceipt: 'Das ist keine Quittung: sie hat 43 Buchstaben, Ziffern, - und _.',
  checkingBulletin: 'Das Verzeichnis wird geprüft …',
  counted:
    'Ja: Ihre Quittung steht im Verzeichnis. {cast} von {invited} Eingeladenen wurden gezählt, und alle ihre Stimmzettel sind gültig.',
  notCounted: 'Nein: diese Quittung steht nicht im Verzeichnis.',
  notReady: 'Das Verzeichnis ist noch nicht da. Versuchen Sie es in einer Minute wieder.',
  problem: 'Mit diesem Verzeichnis stimmt etwas nicht: {problem}',
  'wrong-key': 'sein Schlüssel ist nicht der aus der Charta',
  'invalid-signature': 'ein Eintrag ist kein Stimmzettel dieser Umfrage',
  'serial-twice': 'ein Stimmzettel steht zweimal darin',
  'receipt-twice': 'eine Quittung steht zweimal darin',
  'cast-is-not-entries': 'es nennt eine andere Zahl abgegebener Stimmzettel, als es auflistet',
  'more-cast-than-collected': 'es wurden mehr Stimmzettel abgegeben als abgeholt',
  'more-collected-than-invited': 'es wurden mehr Stimmzettel abgeholt als Menschen eingeladen',
  'comment-receipt-missing': 'die Quittung eines Kommentars fehlt',

  collect: 'Meinen Stimmzettel abholen',
  collecting: 'Ihr Stimmzettel wird gemacht und verblendet …',
  collected:
    'Ihr Stimmzettel ist in diesem Browser. Niemand außer Ihnen hat ihn, und er wird nicht noch einmal ausgegeben: nehmen Sie eine Kopie, wenn Sie woanders antworten.',
  collectedElsewhere:
    'In Ihrem Namen wurde ein Stimmzettel abgeholt, und er ist nicht in diesem Browser: er ist, wo Sie ihn abgeholt haben. Er wird nicht noch einmal ausgegeben. Wenn Sie ihn nicht abgeholt haben, sagen Sie es Ihrer Administration und Ihren Kolleginnen und Kollegen: das darf nicht vorkommen.',
  castFromHere: 'Aus diesem Browser wurde abgegeben. Ihre Quittung liegt auf der Seite der Umfrage.',
  storageRefused:
    'Dieser Browser bewahrt nichts auf; der Stimmzettel lebt nur in dieser Seite. Nehmen Sie ihn mit, bevor Sie sie verlassen.',
  collectUnreachable: 'Der Server antwortet nicht. Nichts ist verloren: versuchen Sie es wieder.',
  collectGone: 'Diese Umfrage gibt keine Stimmzettel mehr aus.',
  collectNotInvited: 'Sie gehören nicht zu den Eingeladenen dieser Umfrage.',
  collectBadSignature:
    'Die Unterschrift des Servers passt nicht zum Schlüssel der Charta. Bitte sagen Sie es jemandem, dem Sie vertrauen: das darf nicht vorkommen.',
  answerNow: 'Antworten',
  answerLater: 'Antworten beginnt {answering}.',
  privately:
    'Rat: antworten Sie zu einer anderen Zeit als jetzt, oder von einem anderen Gerät. Dann lernt auch nichts, wer das Netz beobachtet.',
}
