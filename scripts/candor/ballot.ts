/** Ballots from a terminal: what the respondent's page does, with nothing but the addresses of the API. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { type Command, InvalidArgumentError, Option } from 'commander'
import type { PublicWave } from '#app/surveys/public-wave.ts'
import {
  type Ballot,
  blindBallot,
  finishBallot,
  isSigned,
  readPublicKey,
  type UnsignedBallot,
} from '#app/surveys/respond/ballot.ts'
import { decodeBallot, encodeBallot } from '#app/surveys/respond/ballot-code.ts'
import { type CastOutcome, makeResponse, sendResponse } from '#app/surveys/respond/cast.ts'
import { EMPTY_DRAFT } from '#app/surveys/respond/draft.ts'
import { writeReceipts } from '#app/surveys/respond/receipt-file.ts'
import type { Answers, WaveResponse } from '#app/surveys/wave.ts'
import { askQuestions } from './ask-questions.ts'
import { readReceiptFile, reportBulletin } from './bulletin.ts'
import { pathGiven, readStdin } from './context.ts'

interface Where {
  server: string
}

export function addBallot(program: Command): void {
  const ballot = program
    .command('ballot')
    .description('collect, answer, cast and check without a browser; talks to a server and to no database')
  const server = () =>
    new Option('--server <address>', 'the site, such as https://candor.example.org')
      .argParser(address)
      .default('http://localhost:3000')
      .env('CANDOR_SERVER')

  ballot
    .command('collect <wave>')
    .description('have a ballot signed for you; needs your API token in CANDOR_TOKEN or on standard input')
    .addOption(server())
    .option('--fingerprint <sha256>', 'of the wave’s key, from your invitation; without, the charter’s is believed')
    .requiredOption('--out <file>', 'where to write the ballot')
    .exitOverride()
    .action(collect)
  ballot
    .command('answer <wave>')
    .description('answer the questions here; nothing is sent')
    .addOption(server())
    .option('--language <language>', 'two letters')
    .requiredOption('--out <file>', 'where to write the answers, as JSON')
    .exitOverride()
    .action(answer)
  ballot
    .command('cast <wave>')
    .description('send answers with a ballot, without saying who you are')
    .addOption(server())
    .requiredOption('--ballot <file>')
    .requiredOption('--answers <file>', 'JSON: {"answers": {"item": 4}, "group": null, "comments": [{"item", "text"}]}')
    .requiredOption('--out <file>', 'where to write the receipt')
    .exitOverride()
    .action(cast)
  ballot
    .command('check <wave>')
    .description('after closing: was I counted, and is the bulletin in order?')
    .addOption(server())
    .requiredOption('--receipt <file>')
    .exitOverride()
    .action(check)
  for (const command of ballot.commands) command.configureHelp({ sortOptions: false })
}

function address(text: string): string {
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol))
    throw new InvalidArgumentError('an address such as https://candor.example.org')
  return new URL(text).origin
}

async function collect(wave: string, options: Where & { fingerprint?: string; out: string }): Promise<void> {
  const token = (process.env.CANDOR_TOKEN || (await readStdin())).trim()
  if (!token) throw new Error('There is no token: set CANDOR_TOKEN, or give it on standard input.')
  const key = await keyOf(await waveAt(options.server, wave), options.fingerprint)
  const out = pathGiven(options.out)
  // Kept before it is sent: the server signs one blinded message per person, and the answer may get lost.
  const pending = `${out}.unsigned`
  const unsigned = readJson<UnsignedBallot>(pending) ?? (await blindBallot(key, wave))
  if (unsigned.wave !== wave) throw new Error(`${pending} belongs to another wave.`)
  writePrivate(pending, JSON.stringify(unsigned))
  const response = await fetch(`${options.server}/api/v1/waves/${wave}/ballots`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ blindedMessage: unsigned.blindedMessage }),
  })
  const body = (await response.json()) as { blindSignature?: string; detail?: string }
  if (!response.ok || !body.blindSignature) throw new Error(body.detail ?? `The server answered ${response.status}.`)
  const ballot = await finishBallot(key, unsigned, body.blindSignature)
  writePrivate(out, `${await encodeBallot(ballot)}\n`)
  rmSync(pending)
  console.log(
    `Your ballot is in ${options.out}. It cannot be issued again, and whoever has it can answer instead of you.`,
  )
}

async function answer(wave: string, options: Where & { language?: string; out: string }): Promise<void> {
  const { questionnaire } = await waveAt(options.server, wave, options.language)
  if (!questionnaire) throw new Error('This wave has not been opened.')
  writePrivate(pathGiven(options.out), `${JSON.stringify(await askQuestions(questionnaire), null, 2)}\n`)
  console.log(`Your answers are in ${options.out}. Nothing was sent.`)
}

interface GivenAnswers {
  answers?: Answers
  group?: string | null
  comments?: { item: string; text: string }[]
}

async function cast(id: string, options: Where & { ballot: string; answers: string; out: string }): Promise<void> {
  const wave = await waveAt(options.server, id)
  const ballot = await decodeBallot(readFileSync(pathGiven(options.ballot), 'utf8'))
  if (!ballot) throw new Error(`${options.ballot} has no whole ballot: characters are missing or changed.`)
  await demandOwn(wave, ballot)
  const out = pathGiven(options.out)
  // The same again, with its nonces, counts once: so it is kept until the receipt has come.
  const pending = `${out}.sending`
  const kept = readJson<WaveResponse>(pending)
  const response = kept?.serial === ballot.serial ? kept : responseOf(wave, ballot, options.answers)
  writePrivate(pending, JSON.stringify(response))
  const outcome = await sendResponse(options.server, id, response)
  if (outcome.kind !== 'counted') {
    if (outcome.kind !== 'unreachable') rmSync(pending)
    throw new Error(refusal(outcome))
  }
  writePrivate(out, writeReceipts(id, outcome.receipts))
  rmSync(pending)
  console.log(`Counted. The receipt is in ${options.out}: after closing, ballot check finds it in the bulletin.`)
}

/** What the file says, with fresh nonces; its answers are left for the server to judge. */
function responseOf(wave: PublicWave, ballot: Ballot, file: string): WaveResponse {
  const given = readJson<GivenAnswers>(pathGiven(file))
  if (!given) throw new Error(`${file} is not there.`)
  const comments = Object.fromEntries((given.comments ?? []).map(({ item, text }) => [item, text]))
  const draft = { ...EMPTY_DRAFT, answers: given.answers ?? {}, group: given.group ?? null, comments }
  const response = makeResponse(ballot, wave.questionnaire?.items ?? [], draft)
  return { ...response, answers: draft.answers }
}

async function check(wave: string, options: Where & { receipt: string }): Promise<void> {
  const receipts = readReceiptFile(options.receipt)
  const { charter } = await waveAt(options.server, wave)
  const response = await fetch(`${options.server}/api/v1/waves/${wave}/bulletin`)
  const body = (await response.json()) as { detail?: string }
  if (!response.ok) throw new Error(body.detail ?? `The server answered ${response.status}.`)
  await reportBulletin(body, { fingerprint: charter?.fingerprint ?? null, receipts })
}

async function waveAt(server: string, wave: string, language?: string): Promise<PublicWave> {
  if (!/^[a-z0-9-]+$/.test(wave)) throw new Error(`${wave} is not the name of a wave.`)
  const query = language ? `?language=${encodeURIComponent(language)}` : ''
  const response = await fetch(`${server}/api/v1/waves/${wave}${query}`).catch(() => {
    throw new Error(`${server} does not answer.`)
  })
  if (!response.ok)
    throw new Error(response.status === 404 ? `There is no wave ${wave}.` : `The server answered ${response.status}.`)
  return (await response.json()) as PublicWave
}

function keyOf(wave: PublicWave, fingerprint?: string): Promise<CryptoKey> {
  if (!wave.publicKey || !wave.charter) throw new Error('This wave has not been opened.')
  return readPublicKey(wave.publicKey, fingerprint ?? wave.charter.fingerprint)
}

async function demandOwn(wave: PublicWave, ballot: Ballot): Promise<void> {
  if (ballot.wave !== wave.id) throw new Error(`That ballot belongs to the wave ${ballot.wave}.`)
  if (!(await isSigned(await keyOf(wave), ballot))) throw new Error('That ballot was not signed for this wave.')
}

function refusal(outcome: Exclude<CastOutcome, { kind: 'counted' }>): string {
  if (outcome.kind === 'refused') return outcome.detail
  const reasons = {
    unreachable: 'The server does not answer. Give the same command again: sent twice, it counts once.',
    closed: 'The wave takes no answers now.',
    foreign: 'The server does not accept this ballot for this wave.',
    used: 'With this ballot other answers were cast before. The first ones count.',
    'other-receipt': 'The server’s receipt does not belong to what was sent. Check the bulletin after closing.',
  }
  return reasons[outcome.kind]
}

function readJson<T>(file: string): T | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as T
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw new Error(`${file} is not JSON.`)
  }
}

function writePrivate(file: string, text: string): void {
  writeFileSync(file, text, { mode: 0o600 })
}
