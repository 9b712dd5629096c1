/** An unexpected console.error is a failure: nobody reads it otherwise. */
import { afterEach, beforeEach, expect, vi } from 'vitest'

let spy: ReturnType<typeof vi.spyOn>

beforeEach(() => {
  spy = vi.spyOn(console, 'error').mockImplementation(() => undefined)
})

afterEach(() => {
  const calls = spy.mock.calls.map((call: unknown[]) => call.join(' '))
  spy.mockRestore()
  expect(calls, 'console.error was called').toEqual([])
})
