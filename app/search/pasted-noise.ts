/** What stands in every log and tells nothing of what went wrong. */

/** Taken out before anything is read, each leaving a space: times, ids, addresses of memory and of machines. */
const CUT: readonly RegExp[] = [
  // Colours of a terminal.
  /\u001b\[[0-9;]{0,20}[A-Za-z]/g,
  /\d{4}[-/]\d{2}[-/]\d{2}(?:[T _]\d{2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?)?(?:Z|\s?[+-]\d{2}:?\d{2})?/g,
  /\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)?,? ?(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\s{1,2}\d{1,2}(?:,? \d{4})?\s\d{2}:\d{2}(?::\d{2})?\b/g,
  /\b\d{1,2}:\d{2}:\d{2}(?:[.,]\d{1,9})?\b/g,
  /\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/gi,
  /\+0x[0-9a-f]{1,16}\b/gi,
  /\b0x(?:[0-9a-f]{1,7}|[0-9a-f]{9,32})\b/gi,
  /@[0-9a-f]{5,16}\b/gi,
  /\b(?=[0-9a-f]{0,40}\d)[0-9a-f]{10,128}\b/gi,
  /\b\d{1,3}(?:\.\d{1,3}){3}(?::\d{1,5})?\b/g,
  /\[[0-9a-f:]{2,39}\](?::\d{1,5})?/gi,
  /\b(?:goroutine|pid|tid|thread|nid|prio)[-=\s#:]{1,3}\d{1,9}\b/gi,
]

export function withoutNoise(text: string): string {
  return CUT.reduce((rest, pattern) => rest.replace(pattern, ' '), text)
}

/** Words of log lines, alerts and traces themselves, in small letters. */
export const LOG_WORDS: ReadonlySet<string> = new Set(
  `alertname annotations args at attempt call caller caused cause class code common com current data date debug default
  description dev end endsat err error errors event exception false file fatal fingerprint firing format frame frames
  from function generatorurl goroutine host hostname http https id image info int internal invoke io java job javascript
  kind label labels last level lib line lineno list local localhost log logger logs main message method module more most
  msg name namespace native net nil none null num object omitted org package panic params path pid pod prod production
  recent replica request response result root rc run runtime running self severity source stack staging start started
  startsat state status statustext string struct summary system target task thread time timestamp trace traceback true
  ts type undefined unknown url user usr value values var version void warn warning www zone`.split(/\s+/),
)

/** Keys of structured logs whose values are names of nothing: times, ids and addresses. */
export const KEYS_WITHOUT_MEANING =
  /^(?:@?timestamp|time|ts|date|t|.*(?:_|-)?(?:id|ids|uuid|sha|hash|ip|port|url|at)|starts?at|ends?at|fingerprint|generatorurl|externalurl|runbook.*|receiver|version|pid|line(?:no|number)?|duration.*|latency.*|host(?:name)?|node|instance|pod|user.?agent|level|severity|status)$/i

/** Frames of languages, their standard libraries and the frameworks that nearly every service stands on. */
const FOREIGN =
  /^(?:java|javax|jakarta|jdk|sun|kotlin|scala|groovy|android|org\.(?:apache|springframework|hibernate|eclipse|junit|jboss)|io\.(?:netty|grpc|reactivex|vertx|micrometer)|reactor|com\.(?:sun|google|fasterxml)|akka|clojure|System|Microsoft|node:|internal\/|runtime|net\/http|reflect|syscall|core|std|alloc|tokio|actix|hyper)(?:[./:(]|$)/
const FOREIGN_PATH =
  /(?:node_modules|site-packages|dist-packages|\/usr\/(?:lib|local)|\/gems\/|\/rustc\/|\/go\/src\/|\/vendor\/|python\d|node:internal|internal\/|<anonymous>|<frozen)/

/** Whether a frame belongs to somebody else's code, by the name of what ran and the file that it is in. */
export function isForeign(name: string, file: string): boolean {
  return FOREIGN.test(name) || FOREIGN_PATH.test(file)
}
