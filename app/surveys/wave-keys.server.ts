/**
 * The keys of a wave: one file per wave in DATA_DIR/wave-keys, shared by instances, never in the database and never in
 * a backup. What it signs, seals and marks cannot be opened or told apart any more once it is destroyed.
 */
import {
  createHash,
  createPrivateKey,
  createPublicKey,
  createSecretKey,
  generateKeyPair,
  type KeyObject,
  randomBytes,
} from 'node:crypto'
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { AppError } from '#app/platform/errors.ts'
import { makeSealingKeys } from './casting/seal.server.ts'

/** Where the keys are kept, and for whom. */
export interface KeyPlace {
  dataDir: string
  /** ORIGIN; null where it is unset, which does on one machine only. */
  origin: string | null
}

/** Which wave's: its file is named by its public key too, so that two databases beside one DATA_DIR never share one. */
export interface KeyedWave {
  id: string
  /** SPKI DER in base64url; null before it was opened, when it has none. */
  publicKey: string | null
}

/** What is kept in the file. Binary values in base64url. */
interface KeyFile {
  wave: string
  origin: string | null
  /** PKCS #8 DER. */
  signing: string
  /** HPKE, P-256: PKCS #8 DER and the raw point. */
  opening: string
  sealing: string
  marking: string
}

/** What an open wave works with, as long as it is in memory. The key that opens responses is not among them. */
export interface WaveKeys {
  signing: KeyObject
  verifying: KeyObject
  /** The public point to which responses are sealed. */
  sealing: Uint8Array
  /** HMAC-SHA-256: marks of serials and receipts. */
  marking: KeyObject
  modulus: bigint
}

/** Another instance forgets the keys of a closed wave at the latest by then; it asks for a wave's state with every request. */
const KEPT_MS = 60_000

interface Kept {
  keys: WaveKeys
  origin: string | null
  timer: NodeJS.Timeout
}
const kept = new Map<string, Kept>()

/** Keys for a wave that is about to be opened, not yet kept anywhere. */
export async function makeKeys(): Promise<MadeKeys> {
  const [{ publicKey, privateKey }, sealing] = await Promise.all([
    promisify(generateKeyPair)('rsa', { modulusLength: 2048, publicExponent: 0x10001 }),
    makeSealingKeys(),
  ])
  const spki = publicKey.export({ type: 'spki', format: 'der' })
  return {
    publicKey: spki.toString('base64url'),
    fingerprint: createHash('sha256').update(spki).digest('hex'),
    secrets: {
      signing: privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64url'),
      opening: Buffer.from(sealing.privateKey).toString('base64url'),
      sealing: Buffer.from(sealing.publicKey).toString('base64url'),
      marking: randomBytes(32).toString('base64url'),
    },
  }
}

export interface MadeKeys {
  /** SPKI DER in base64url. */
  publicKey: string
  /** SHA-256 of it, in hexadecimal. */
  fingerprint: string
  secrets: Omit<KeyFile, 'wave' | 'origin'>
}

/**
 * Writes the wave's file. To be called within the transaction that opens the wave: the file is on the disk before the
 * wave says that it is open.
 */
export function keepKeys({ dataDir, origin }: KeyPlace, wave: string, { publicKey, secrets }: MadeKeys): void {
  writeKeyFile(dataDir, { id: wave, publicKey }, { wave, origin, ...secrets })
}

/**
 * The keys of an open wave, from memory or from their file.
 * @throws AppError gone where the file is not here, or belongs to another address than the site's.
 */
export function keysOf({ dataDir, origin }: KeyPlace, wave: KeyedWave): WaveKeys {
  const path = pathOf(dataDir, wave)
  const known = kept.get(path)
  if (known) {
    checkOrigin(known.origin, origin)
    return known.keys
  }
  const file = readKeyFile(dataDir, wave)
  checkOrigin(file.origin, origin)
  const signing = createPrivateKey({ key: Buffer.from(file.signing, 'base64url'), format: 'der', type: 'pkcs8' })
  const verifying = createPublicKey(signing)
  const keys: WaveKeys = {
    signing,
    verifying,
    sealing: Buffer.from(file.sealing, 'base64url'),
    marking: createSecretKey(Buffer.from(file.marking, 'base64url')),
    modulus: modulusOf(verifying),
  }
  const timer = setTimeout(() => kept.delete(path), KEPT_MS)
  timer.unref()
  kept.set(path, { keys, origin: file.origin, timer })
  return keys
}

/** The key that opens responses: asked for once, at closing. @throws AppError gone as keysOf does. */
export function openingKeyOf({ dataDir, origin }: KeyPlace, wave: KeyedWave): Uint8Array {
  const file = readKeyFile(dataDir, wave)
  checkOrigin(file.origin, origin)
  return Buffer.from(file.opening, 'base64url')
}

export function modulusOf(publicKey: KeyObject): bigint {
  const { n } = publicKey.export({ format: 'jwk' })
  return BigInt(`0x${Buffer.from(n as string, 'base64url').toString('hex')}`)
}

/** Drops the keys from this process's memory. */
function forgetKeys(path: string): void {
  clearTimeout(kept.get(path)?.timer)
  kept.delete(path)
}

export function hasKeys(dataDir: string, wave: KeyedWave): boolean {
  return existsSync(pathOf(dataDir, wave))
}

/** Overwrites the file and removes it. Doing it twice changes nothing. */
export function destroyKeys(dataDir: string, wave: KeyedWave): void {
  const path = pathOf(dataDir, wave)
  forgetKeys(path)
  let size: number
  try {
    size = statSync(path).size
  } catch {
    return
  }
  const file = openSync(path, 'r+')
  writeSync(file, Buffer.alloc(size), 0, size, 0)
  fsyncSync(file)
  closeSync(file)
  rmSync(path, { force: true })
  syncFolder(dataDir)
}

function folderOf(dataDir: string): string {
  return join(dataDir, 'wave-keys')
}

function pathOf(dataDir: string, { id, publicKey }: KeyedWave): string {
  if (!/^[a-z0-9-]+$/.test(id)) throw new Error('A wave is named by a slug.')
  const key = createHash('sha256')
    .update(publicKey ?? '')
    .digest('hex')
  return join(folderOf(dataDir), `${id}.${key.slice(0, 16)}.json`)
}

/** Whole or not at all. */
function writeKeyFile(dataDir: string, wave: KeyedWave, content: KeyFile): void {
  mkdirSync(folderOf(dataDir), { recursive: true, mode: 0o700 })
  const path = pathOf(dataDir, wave)
  const incoming = `${path}.${randomBytes(6).toString('hex')}`
  const file = openSync(incoming, 'wx', 0o600)
  writeSync(file, JSON.stringify(content))
  fsyncSync(file)
  closeSync(file)
  renameSync(incoming, path)
  syncFolder(dataDir)
}

function syncFolder(dataDir: string): void {
  const folder = openSync(folderOf(dataDir), 'r')
  fsyncSync(folder)
  closeSync(folder)
}

function readKeyFile(dataDir: string, wave: KeyedWave): KeyFile {
  try {
    return JSON.parse(readFileSync(pathOf(dataDir, wave), 'utf8')) as KeyFile
  } catch (cause) {
    const message =
      'The key of this wave is not on this server, so it can be neither answered nor closed, only abandoned.'
    throw new AppError('gone', message, [], { cause })
  }
}

/** A copy of the site elsewhere must not go on with the original's wave; without ORIGIN a site answers on this machine only. */
function checkOrigin(keys: string | null, site: string | null): void {
  if (keys === site) return
  throw new AppError(
    'gone',
    `This wave was opened at ${keys ?? 'a site without ORIGIN'}, and this is ${site ?? 'a site without ORIGIN'}. Its key is used nowhere else.`,
  )
}
