import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { pastedKind, pastedTerms } from '#app/search/pasted-text.ts'
import { parseQuery } from '#app/search/query-language.ts'

const JAVA = `2026-11-24T03:12:09.123Z ERROR [checkout-api] com.acme.checkout.PaymentClient - charge failed
com.zaxxer.hikari.pool.HikariPool$PoolTimeoutException: HikariPool-1 - Connection is not available, request timed out after 30001ms.
\tat com.zaxxer.hikari.pool.HikariPool.createTimeoutException(HikariPool.java:696)
\tat java.base/java.lang.Thread.run(Thread.java:833)
\tat org.springframework.web.servlet.DispatcherServlet.doDispatch(DispatcherServlet.java:1070)
\tat com.acme.checkout.PaymentClient.authorise(PaymentClient.java:87)
Caused by: java.net.SocketTimeoutException: Read timed out at 10.0.3.17:5432, trace 7f9c0e1a-1111-2222-3333-444455556666, 0x7fff5fbff8c0`

const PYTHON = `Traceback (most recent call last):
  File "/usr/lib/python3.11/site-packages/django/db/utils.py", line 98, in inner
    return func(*args, **kwargs)
  File "/srv/app/orders/views.py", line 42, in place_order
    order.save()
psycopg2.OperationalError: FATAL: remaining connection slots are reserved for superusers`

const NODE = `TypeError: Cannot read properties of undefined (reading 'total')
    at renderCart (/srv/storefront/src/cart.js:14:22)
    at Layer.handle [as handle_request] (/srv/node_modules/express/lib/router/layer.js:95:5)
    at process.processTicksAndRejections (node:internal/process/task_queues:95:5)`

const GO = `panic: runtime error: invalid memory address or nil pointer dereference
goroutine 17 [running]:
main.(*Uploader).storeChunk(0xc000010000, 0x1)
\t/srv/app/upload.go:120 +0x1d4
net/http.HandlerFunc.ServeHTTP(0xc000020000)
\t/usr/local/go/src/net/http/server.go:2109 +0x2f`

const RUBY = `/srv/app/lib/invoice.rb:31:in 'render_pdf': undefined method 'total' for nil (NoMethodError)
\tfrom /usr/lib/ruby/gems/3.2/gems/rack/lib/rack.rb:12:in 'call'`

const DOTNET = `System.TimeoutException: The operation has timed out.
   at Acme.Billing.LedgerClient.Post(Entry entry) in C:\\src\\LedgerClient.cs:line 44
   at System.Threading.Tasks.Task.Execute()`

const ALERT = JSON.stringify({
  status: 'firing',
  alerts: [
    {
      labels: { alertname: 'KubePodCrashLooping', namespace: 'orders', pod: 'orders-7d9f8c6b5-x2x1z' },
      annotations: { summary: 'A pod is crash looping after OOMKilled', runbook_url: 'https://runbooks.invalid/crash' },
      startsAt: '2026-01-01T00:00:00Z',
      fingerprint: 'c0ffee0123456789',
    },
  ],
})

const LOG = `Nov 24 03:10:11 web-3 kernel: [1234567.891] Out of memory: Killed process 4312 (grafana-agent)
Nov 24 03:10:12 web-3 kubelet[812]: node status is now NodeNotReady`

const LOGFMT = 'level=error service=ledger msg="write refused" code=ENOSPC path=/var/lib/ledger/wal took=31ms'

describe('A pasted text', () => {
  it.each([
    ['Java', JAVA, 'stack trace'],
    ['Python', PYTHON, 'stack trace'],
    ['Node', NODE, 'stack trace'],
    ['Go', GO, 'stack trace'],
    ['Ruby', RUBY, 'stack trace'],
    ['.NET', DOTNET, 'stack trace'],
    ['an Alertmanager body', ALERT, 'alert'],
    ['lines of a log', LOG, 'log'],
    ['logfmt', LOGFMT, 'log'],
    ['one error with its message', 'java.net.UnknownHostException: ledger.internal: unknown', 'log'],
    ['a level at its beginning', 'FATAL: too many "clients" already', 'log'],
    ['two lines of anything', 'the pool\nran dry', 'text'],
  ])('is recognised: %s', (_, text, kind) => {
    expect(pastedKind(text)).toBe(kind)
  })

  it.each([
    '',
    '   ',
    'retry storm',
    'theme:capacity service:checkout before:2026 "exact words" -staging',
    'ConnectionPoolTimeoutException',
    'ECONNRESET orders-db',
    'what to do at 03:12 when the pool is empty?',
    'INC-142',
    'error budget',
    'what similarity laws must be obeyed when constructing aeroelastic models of heated high speed aircraft',
  ])('is not seen in a query: %j', query => {
    expect(pastedKind(query)).toBeNull()
  })

  it('is recognised though a field has taken its line breaks away', () => {
    expect(pastedKind(JAVA.replaceAll('\n', ' '))).toBe('stack trace')
    expect(textsOf(JAVA.replaceAll('\n', ' '))).toEqual(
      expect.arrayContaining(['PoolTimeoutException', 'checkout-api']),
    )
  })
})

describe('The terms of a pasted text', () => {
  it('are errors, services and functions of one’s own code', () => {
    expect(textsOf(JAVA)).toEqual(
      expect.arrayContaining([
        'PoolTimeoutException',
        'SocketTimeoutException',
        'checkout-api',
        'HikariPool-1',
        'authorise',
      ]),
    )
    expect(textsOf(PYTHON)).toEqual(expect.arrayContaining(['OperationalError', 'place_order', 'superusers']))
    expect(textsOf(NODE)).toEqual(expect.arrayContaining(['TypeError', 'renderCart']))
    expect(textsOf(GO)).toEqual(expect.arrayContaining(['Uploader', 'storeChunk', 'dereference']))
    expect(textsOf(DOTNET)).toEqual(expect.arrayContaining(['TimeoutException', 'LedgerClient', 'Post']))
    expect(textsOf(ALERT)).toEqual(expect.arrayContaining(['KubePodCrashLooping', 'orders', 'OOMKilled']))
    expect(textsOf(LOGFMT)).toEqual(expect.arrayContaining(['ENOSPC', 'ledger', 'refused']))
  })

  it('are no times, addresses, ids, line numbers, nor frames of others’ code', () => {
    for (const text of [JAVA, PYTHON, NODE, GO, ALERT, LOG])
      for (const term of textsOf(text))
        expect(term, term).not.toMatch(
          /^\d+$|\d\d:\d\d|2026|0x[0-9a-f]{9}|7f9c0e1a|10\.0\.3|c0ffee|doDispatch|Thread|handle_request|processTicks|ServeHTTP|runbooks/,
        )
  })

  it('keep the codes that name an error', () => {
    const codes = ['ECONNRESET', 'ORA-00060', 'E11000', '0x80070005']
    const text = `ERROR: failed\nread ECONNRESET\nORA-00060: deadlock\nE11000 duplicate\nHRESULT 0x80070005\nHTTP 503 returned`
    expect(textsOf(text)).toEqual(expect.arrayContaining([...codes, '503']))
  })

  it('weigh an exception more than a word', () => {
    const weights = new Map(pastedTerms(JAVA).map(({ text, weight }) => [text, weight]))
    expect(weights.get('PoolTimeoutException')).toBeGreaterThan(weights.get('Connection') ?? 0)
  })

  it('mean nothing but themselves in the query language, whatever is pasted', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary', maxLength: 400 }), lines()), text => {
        const terms = textsOf(text)
        const query = parseQuery(terms.join(' '))
        expect(query.words).toEqual(terms)
        expect([query.phrases, query.unread, query.excluded.words]).toEqual([[], [], []])
      }),
    )
  })

  it('are found in a text of twenty thousand characters that wants to keep the reader busy', () => {
    for (const piece of ['at a.', '{"a":', 'a.b-c_d/', 'File "', '0x', 'A'.repeat(99), '#1 a.php(', '::a<', '-'])
      expect(textsOf(piece.repeat(20_000)).length).toBeLessThanOrEqual(200)
  })
})

function textsOf(text: string): string[] {
  return pastedTerms(text).map(term => term.text)
}

function lines(): fc.Arbitrary<string> {
  const pieces = [
    'at ',
    'theme:x ',
    '"',
    '-',
    'File "/a.py", line 3, in f',
    '\n',
    'aB.cD(e.java:1)',
    '{"k":"v w"}',
    'ERROR: ',
  ]
  return fc.array(fc.constantFrom(...pieces), { maxLength: 30 }).map(parts => parts.join(''))
}
