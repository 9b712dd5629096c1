/** The respondent's whole way in real browsers, and everything that can come in between. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import axe from 'axe-core'
import type { BrowserContext, Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { terminalActor } from '#app/identity/auth.server.ts'
import { collectBallot } from '#app/surveys/inviting/collect-ballot.server.ts'
import { openWave } from '#app/surveys/planning/open-wave.server.ts'
import { savePlan } from '#app/surveys/planning/save-plan.server.ts'
import { encodeBallot } from '#app/surveys/respond/ballot-code.ts'
import type { Db } from '#db/index.server.ts'
import { DEMO_TOKEN } from '#db/seeds/demo-organisation.server.ts'
import { bundleRespondScript } from '#scripts/build-respond-script.ts'
import { startBrowser } from '#test/support/browser.ts'
import { run } from '#test/support/command.ts'
import { EMAILS, startServer } from '#test/support/server.ts'
import { aQuestionnaire, blind, DAY, keepQuestionnaire } from '#test/support/survey-client.ts'

const ROLES = Object.values(EMAILS)
/** Ballots that others collected, as codes. */
const codes: string[] = []

const server = await startServer({
  async prepare(db, dataDir) {
    const journey = await anOpenWave(db, dataDir, { title: 'Journey', answersIn: -1 })
    const open = await anOpenWave(db, dataDir, { title: 'Open', answersIn: -1 })
    await anOpenWave(db, dataDir, { title: 'Later', answersIn: 1 })
    await anOpenWave(db, dataDir, { title: 'Terminal', answersIn: -1 })
    codes.push(...(await collected(db, dataDir, open, 7)), ...(await collected(db, dataDir, journey, 1)))
  },
})
const browser = await startBrowser(server)
const codeForJourney = codes.pop() as string

async function anOpenWave(db: Db, dataDir: string, { title, answersIn }: { title: string; answersIn: number }) {
  const clock = { now: () => Date.now() - 3 * DAY }
  const at = (days: number) => new Date(Date.now() + days * DAY).toISOString()
  const asks = aQuestionnaire()
  await keepQuestionnaire(db, asks, at(0))
  const people = await db.selectFrom('people').select(['id', 'email']).orderBy('email').limit(20).execute()
  const own = await db.selectFrom('people').select('id').where('email', 'in', ROLES).execute()
  const context = { db, clock, actor: terminalActor(), dataDir, origin: null }
  const id = await savePlan(context, null, {
    title,
    questionnaire: { id: asks.id, version: asks.version },
    languages: ['en', 'de'],
    teamIds: [],
    personIds: [...new Set([...people, ...own].map(person => person.id))],
    grouping: 'team',
    k: 5,
    stewardIds: own.slice(0, 1).map(person => person.id),
    isStrict: false,
    isKiosk: true,
    repeatMonths: null,
    collectingFrom: at(-3),
    answeringFrom: at(answersIn),
    closesAt: at(6),
  })
  return openWave(context, id)
}

async function collected(
  db: Db,
  dataDir: string,
  wave: Awaited<ReturnType<typeof openWave>>,
  count: number,
): Promise<string[]> {
  const people = await db
    .selectFrom('wave_invited')
    .innerJoin('people', 'people.id', 'wave_invited.person_id')
    .select(['people.id', 'people.email'])
    .where('wave_id', '=', wave.id)
    .where('people.email', 'not in', ROLES)
    .limit(count)
    .execute()
  const clock = { now: () => Date.now() }
  return Promise.all(
    people.map(async ({ id, email }) => {
      const { blindedMessage, finalise } = blind(wave.publicKey ?? '')
      const actor = { ...terminalActor(), personId: id, email }
      const ballot = finalise(await collectBallot({ db, clock, actor, dataDir, origin: null }, wave.id, blindedMessage))
      return encodeBallot({ wave: wave.id, ...ballot })
    }),
  )
}

/** A browser profile of its own, without an account unless told, closed after the work. */
async function inProfile(
  work: (page: Page, context: BrowserContext) => Promise<void>,
  options: Parameters<typeof browser.context>[0] = {},
): Promise<void> {
  const context = await browser.context(options)
  try {
    await work(await context.newPage(), context)
  } finally {
    await context.close()
  }
}

async function answerAll(page: Page, comment = 'More time to write.'): Promise<void> {
  await page.locator('[data-item=safe] label', { hasText: '4' }).click()
  await page.locator('[data-item=blamed] label', { hasText: '2' }).click()
  await page.locator('[data-item=helped] label', { hasText: 'yes' }).click()
  await page.locator('[data-item=how] label', { hasText: 'forum' }).click()
  await page.locator('[data-item=more] textarea').fill(comment)
}

async function cast(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Review and cast' }).click()
  await page.getByRole('button', { name: 'Cast', exact: true }).click()
}

const isDone = (page: Page) => page.getByRole('heading', { name: 'Cast. Thank you.' }).waitFor()

/** Everything that this browser keeps, in every database, as text. */
function everythingKept(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const open = (name: string) =>
      new Promise<IDBDatabase>((resolve, reject) => {
        const request = indexedDB.open(name)
        request.onsuccess = () => resolve(request.result)
        request.onerror = () => reject(request.error)
      })
    const all = (store: IDBObjectStore) =>
      new Promise<unknown[]>(resolve => {
        const request = store.getAll()
        request.onsuccess = () => resolve(request.result)
      })
    const found: unknown[] = [{ ...localStorage }, { ...sessionStorage }]
    for (const { name } of await indexedDB.databases()) {
      const database = await open(name ?? '')
      for (const store of database.objectStoreNames)
        found.push(...(await all(database.transaction(store).objectStore(store))))
      database.close()
    }
    return JSON.stringify(found)
  })
}

describe('From collecting to being counted', () => {
  test('two profiles collect, one carries its ballot elsewhere, both cast, and both find their receipts', async () => {
    let carried = ''
    await inProfile(
      async page => {
        await page.goto('/surveys/journey')
        await page.getByText('No ballot was collected in your name.').waitFor()
        await page.getByRole('button', { name: 'Collect my ballot' }).click()
        await page.getByText('A ballot was collected in your name.').waitFor()
        await page.getByText('Take your ballot with you').click()
        carried = await page.getByLabel('Ballot code, or the link that carries it').inputValue()
        await page.getByRole('button', { name: 'Show a QR code' }).click()
        await page.getByRole('img', { name: 'QR code of a link that carries your ballot' }).waitFor()
        await page.reload()
        await page.getByText('Your ballot is in this browser.').waitFor()
      },
      { as: 'member' },
    )
    expect(carried).toMatch(/^candor1\.journey\./)

    const receipts: string[] = []
    await inProfile(async page => {
      const sent: Record<string, string>[] = []
      page.on('request', async request => {
        if (/\/api\/v1\//.test(request.url())) sent.push(await request.allHeaders())
      })
      await page.goto('/respond/journey')
      await page.getByText('Bring it from where you collected it').click()
      await page.getByLabel('Ballot code, or the link that carries it').fill(carried)
      await page.getByRole('button', { name: 'Use this ballot' }).click()
      await page.getByText('The ballot has arrived in this browser.').waitFor()
      await answerAll(page, 'Somebody elsewhere.')
      expect(await page.locator('#progress-text').textContent()).toBe('5 of 5 answered')
      expect(sent).toEqual([])
      await cast(page)
      await isDone(page)
      receipts.push((await page.locator('[data-receipt]').textContent()) ?? '')
      expect(sent.length).toBe(2)
      for (const headers of sent)
        expect(Object.keys(headers)).not.toEqual(
          expect.arrayContaining([expect.stringMatching(/^(cookie|authorization|referer)$/)]),
        )
      const kept = await everythingKept(page)
      expect(kept).toContain(receipts[0])
      for (const forgotten of ['nonce', 'serial', 'signature', 'answers', 'Somebody elsewhere'])
        expect(kept).not.toContain(forgotten)
    })

    const facilitator = await browser.context({ as: 'facilitator' })
    const page = await facilitator.newPage()
    await page.goto('/surveys/journey')
    await page.getByRole('button', { name: 'Collect my ballot' }).click()
    await page.getByRole('link', { name: 'Answer', exact: true }).click()
    await page.getByText('Your ballot is in this browser.').waitFor()
    await page.locator('[data-item=safe] label', { hasText: '5' }).click()
    await page.reload()
    expect(await page.locator('[data-item=safe] input:checked').inputValue()).toBe('5')
    await cast(page)
    await isDone(page)
    receipts.push((await page.locator('[data-receipt]').textContent()) ?? '')
    await page.goto('/surveys/journey')
    await page.getByText('A response was cast from this browser.').waitFor()

    const closed = await server.ask('/api/v1/waves/journey/close', { as: 'administrator', method: 'POST', json: {} })
    expect(closed.status, await closed.text()).toBe(200)
    await page.goto('/respond/journey')
    await page.getByText('Yes: your receipt is in the bulletin. 2 of').waitFor()
    await facilitator.close()
    await inProfile(async stranger => {
      await stranger.goto('/respond/journey')
      await stranger.getByLabel('Your receipt').fill(receipts[0] as string)
      await stranger.getByRole('button', { name: 'Check' }).click()
      await stranger.getByText('Yes: your receipt is in the bulletin.').waitFor()
      await stranger.getByLabel('Your receipt').fill('A'.repeat(43))
      await stranger.getByRole('button', { name: 'Check' }).click()
      await stranger.getByText('No: this receipt is not in the bulletin.').waitFor()
      expect(await violations(stranger)).toEqual([])
    })

    const bulletin = await server.ask('/api/v1/waves/journey/bulletin')
    const file = join(server.dataDir, 'bulletin.json')
    writeFileSync(file, await bulletin.text())
    const own = join(server.dataDir, 'receipt.txt')
    writeFileSync(own, `${receipts[1]}\n`)
    const verified = await run('candor.ts', ['verify-bulletin', file, '--receipt', own])
    expect(verified.stdout).toContain('2 cast: every ballot is valid')
    expect(verified.code).toBe(0)
  })

  test('from a terminal, with nothing but the addresses', async () => {
    const file = (name: string) => join(server.dataDir, name)
    const at = ['terminal', '--server', server.url]
    const collectIt = ['ballot', 'collect', ...at, '--out', file('ballot.txt')]
    const stranger = await run('candor.ts', collectIt, { CANDOR_TOKEN: 'nobody' })
    expect(stranger.code).toBe(1)
    const collected = await run('candor.ts', collectIt, { CANDOR_TOKEN: DEMO_TOKEN })
    expect(collected, collected.stderr).toMatchObject({ code: 0 })
    const answered = await run(
      'candor.ts',
      ['ballot', 'answer', ...at, '--out', file('answers.json')],
      {},
      '4\n\nyes\n1\n1,3\nFewer meetings.\n\n',
    )
    expect(answered.stderr).toContain('Please give a number from 1 to 2.')
    expect(answered.code).toBe(0)
    const castIt = [
      'ballot',
      'cast',
      ...at,
      '--ballot',
      file('ballot.txt'),
      '--answers',
      file('answers.json'),
      '--out',
      file('r.txt'),
    ]
    expect(await run('candor.ts', castIt)).toMatchObject({ code: 0, stdout: expect.stringContaining('Counted.') })
    const again = await run('candor.ts', castIt)
    expect(again).toMatchObject({ code: 1, stderr: expect.stringContaining('other answers were cast before') })

    const check = ['ballot', 'check', ...at, '--receipt', file('r.txt')]
    expect((await run('candor.ts', check)).code, 'there is no bulletin yet').toBe(1)
    const closed = await server.ask('/api/v1/waves/terminal/close', { as: 'administrator', json: {} })
    expect(closed.status).toBe(200)
    const checked = await run('candor.ts', check)
    expect(checked, checked.stderr).toMatchObject({ code: 0 })
    writeFileSync(file('foreign.txt'), `${'A'.repeat(43)}\n`)
    expect((await run('candor.ts', ['ballot', 'check', ...at, '--receipt', file('foreign.txt')])).code).toBe(1)
  })
})

describe('Answering', () => {
  test('by keyboard alone', async () => {
    await inProfile(async page => {
      await page.goto(`/respond/open#ballot=${codes.pop()}`)
      await page.getByText('The ballot has arrived in this browser.').waitFor()
      expect(new URL(page.url()).hash).toBe('')
      await page.keyboard.press('4')
      await page.keyboard.press('ArrowRight')
      await page.keyboard.press('Enter')
      await page.keyboard.press('1')
      await page.keyboard.press('2')
      await page.keyboard.press('Enter')
      await page.keyboard.type('Written without a mouse.')
      const chosen = await page
        .locator('fieldset.question input:checked')
        .evaluateAll(inputs =>
          inputs.map(input => `${input.closest('fieldset')?.dataset.item}=${(input as HTMLInputElement).value}`),
        )
      expect(chosen).toEqual(['safe=4', 'blamed=2', 'helped=yes', 'how=review'])
      for (let n = 0; n < 40 && !(await page.locator('#review:focus').count()); n += 1) await page.keyboard.press('Tab')
      await page.keyboard.press('Enter')
      await page.getByText('Written without a mouse.').waitFor()
      for (let n = 0; n < 40 && !(await page.locator('.btn.primary:focus').count()); n += 1)
        await page.keyboard.press('Tab')
      await page.keyboard.press('Enter')
      await isDone(page)
    })
  })

  test('on a shared machine, and nothing remains for the next', async () => {
    await inProfile(async page => {
      await page.goto(`/respond/open?kiosk=1#ballot=${codes.pop()}`)
      await page.getByText('The ballot has arrived in this browser.').waitFor()
      await answerAll(page, 'Seen by nobody.')
      await cast(page)
      await isDone(page)
      expect(await everythingKept(page)).toBe('[{},{}]')
      await page.getByRole('button', { name: 'Start over for the next person' }).click()
      await page.getByText('There is no ballot for this survey in this browser').waitFor()
      expect(await page.locator('input:checked').count()).toBe(0)
      expect(await page.locator('textarea').first().inputValue()).toBe('')
      await page.goBack()
      expect(await page.locator('body').textContent()).not.toContain('Seen by nobody')
    })
  })

  test('where the browser refuses to keep anything', async () => {
    await inProfile(async page => {
      await page.addInitScript(() => {
        indexedDB.open = () => {
          throw new DOMException('refused', 'SecurityError')
        }
      })
      await page.goto(`/respond/open#ballot=${codes.pop()}`)
      await page.getByText('This browser refuses to keep anything.').waitFor()
      await answerAll(page)
      await cast(page)
      await page.getByText('this page keeps nothing').waitFor()
    })
  })

  test('with a network that dies in the middle: nothing is lost, and twice counts once', async () => {
    browser.allow(/ERR_INTERNET_DISCONNECTED|ERR_FAILED/)
    await inProfile(async (page, context) => {
      await page.goto(`/respond/open#ballot=${codes.pop()}`)
      await page.getByText('The ballot has arrived in this browser.').waitFor()
      await answerAll(page)
      await context.setOffline(true)
      await cast(page)
      await page.getByText('The server does not answer.').waitFor()
      let taken = 0
      // The server takes it, and the answer is lost on its way back.
      await page.route('**/responses', async route => {
        await route.fetch()
        taken += 1
        await route.abort()
      })
      await context.setOffline(false)
      await expect.poll(() => taken).toBe(1)
      await page.getByText('The server does not answer.').waitFor()
      await page.unroute('**/responses')
      await page.reload()
      await isDone(page)
    })
  })

  test('with a ballot that was used, one of another survey, and none at all', async () => {
    browser.allow(/status of 409/)
    const code = codes.pop()
    const once = async (page: Page, value: string) => {
      await page.goto(`/respond/open#ballot=${code}`)
      await page.getByText('The ballot has arrived in this browser.').waitFor()
      await page.locator('[data-item=safe] label', { hasText: value }).click()
      await cast(page)
    }
    await inProfile(async page => {
      await once(page, '4')
      await isDone(page)
    })
    await inProfile(async page => {
      await once(page, '1')
      await page.getByText('With this ballot other answers were cast before.').waitFor()
      expect(await page.locator('[data-item=safe] input:checked').inputValue()).toBe('1')
      await page.goto(`/respond/open#ballot=${codeForJourney}`)
      await page.getByText('That ballot belongs to another survey (journey).').waitFor()
      await page.getByRole('button', { name: 'Review and cast' }).click()
      await page.getByText('To cast you need a ballot.').waitFor()
    })
  })
})

test('Signing out offers a ballot that was not cast, and then deletes it here', async () => {
  await inProfile(
    async page => {
      await page.goto('/surveys/later')
      await page.getByRole('button', { name: 'Collect my ballot' }).click()
      await page.getByText('Your ballot is in this browser.').waitFor()
      expect(await violations(page)).toEqual([])
      await page.locator('.menu > summary').click()
      await page.getByRole('button', { name: 'Sign out' }).click()
      await page.getByRole('dialog').getByText('Take your ballot with you').click()
      expect(await violations(page)).toEqual([])
      await page.getByRole('button', { name: 'Sign out and delete' }).click()
      await page.waitForURL('**/sign-in')
      expect(await everythingKept(page)).not.toContain('signature')
    },
    { as: 'editor' },
  )
})

describe('The page itself', () => {
  test('reads without JavaScript, and says what to do', async () => {
    await inProfile(
      async page => {
        await page.goto('/respond/open')
        await page.getByText('About safe').waitFor()
        await page.getByText('Casting needs JavaScript').waitFor()
        expect(await page.locator('input:enabled').count()).toBe(0)
        await page.getByRole('link', { name: 'Deutsch' }).click()
        await page.getByText('Zu safe').waitFor()
      },
      { javaScriptEnabled: false },
    )
  })

  test('runs no session code, sets no cookie, and is one document for everybody', async () => {
    const cookie = await server.cookieOf('member')
    const sessions = () => server.running.site.db.selectFrom('sessions').selectAll().orderBy('id_hash').execute()
    // So near their end that any page that read them would put it off.
    const soon = new Date(Date.now() + DAY).toISOString()
    await server.running.site.db.updateTable('sessions').set({ expires_at: soon }).execute()
    const before = await sessions()
    for (const path of ['/respond/open', '/anonymity', '/respond/no-such-survey']) {
      const answers = await Promise.all([
        fetch(server.url + path),
        fetch(server.url + path, { headers: { cookie } }),
        fetch(server.url + path, { headers: { cookie: 'candor_session=broken' } }),
      ])
      const bodies = await Promise.all(answers.map(answer => answer.text()))
      expect(new Set(bodies).size).toBe(1)
      for (const { headers, status } of answers) {
        expect(status).toBe(path.includes('no-such') ? 404 : 200)
        expect(headers.get('set-cookie')).toBeNull()
        expect(headers.get('referrer-policy')).toBe('no-referrer')
        expect(headers.get('content-security-policy')).toMatch(/script-src 'self';.*form-action 'none'/)
        expect(headers.get('content-security-policy')).not.toContain('nonce')
      }
    }
    expect(await sessions()).toEqual(before)
    await server.ask('/', { as: 'member' })
    expect(await sessions()).not.toEqual(before)
  })

  test('loads one small script, the same bytes as built from the source, whose hash stands on /anonymity', async () => {
    const page = await (await server.ask('/respond/open')).text()
    const [, src, integrity] = /<script type="module" src="([^"]+)" integrity="([^"]+)"/.exec(page) ?? []
    expect([...page.matchAll(/<script/g)]).toHaveLength(2)
    const script = Buffer.from(await (await server.ask(src as string)).arrayBuffer())
    const digest = await crypto.subtle.digest('SHA-384', script)
    expect(script).toEqual(Buffer.from(await bundleRespondScript()))
    expect(gzipSync(script, { level: 9 }).length).toBeLessThan(40_000)
    expect(integrity).toBe(`sha384-${Buffer.from(digest).toString('base64')}`)
    expect(await (await server.ask('/anonymity')).text()).toContain(integrity)
  })

  test.each([
    ['answering', '/respond/open'],
    ['in German', '/respond/open?language=de'],
    ['on a shared machine', '/respond/open?kiosk=1'],
    ['before answering', '/respond/later'],
    ['after closing', '/respond/journey'],
    ['for engineers', '/anonymity'],
  ])('has no accessibility violation, %s', async (_, path) => {
    for (const [viewport, colorScheme] of [
      [{ width: 1440, height: 900 }, 'light'],
      [{ width: 320, height: 640 }, 'dark'],
    ] as const)
      await inProfile(
        async page => {
          await page.goto(path)
          await page.waitForLoadState('networkidle')
          expect(await violations(page)).toEqual([])
          expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(viewport.width)
          const review = page.getByRole('button', { name: /Review and cast|Ansehen und abgeben/ })
          if (await review.isVisible()) {
            await review.click()
            expect(await violations(page)).toEqual([])
          }
        },
        { viewport, colorScheme },
      )
  })
})

async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe.source)
  const found = await page.evaluate(async () => {
    const { violations } = await (globalThis as unknown as { axe: typeof axe }).axe.run(document)
    return violations.map(one => `${one.id}: ${one.nodes.map(node => node.target).join(', ')}`)
  })
  return found
}
