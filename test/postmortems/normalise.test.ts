import { describe, expect, it } from 'vitest'
import {
  normaliseBoolean,
  normaliseCustomerImpact,
  normaliseDetectedBy,
  normaliseKind,
  normaliseSeverity,
  normaliseState,
  normaliseStatus,
  splitList,
} from '#app/postmortems/normalise.ts'

describe('a severity', () => {
  it.each(['SEV2', 'sev-2', 'Sev 2', '2', 'P2', 'SEV-2', ' sev_2 '])('%j is SEV-2', text => {
    expect(normaliseSeverity(text)).toEqual({ value: 'SEV-2', problem: null })
  })

  it.each(['urgent', 'SEV99', 'SEV-0', '5', 'Critical', 'S2', '２'])('%j is none, and the four are named', text => {
    expect(normaliseSeverity(text)).toEqual({ value: null, problem: `"${text}" is not a severity; use SEV-1 to SEV-4` })
  })

  it('may be missing', () => {
    expect(normaliseSeverity('  ')).toEqual({ value: null, problem: null })
  })
})

describe('who noticed', () => {
  it.each([
    ['alert', 'monitoring'],
    ['monitor', 'monitoring'],
    ['Monitoring', 'monitoring'],
    ['customer', 'customer'],
    ['support', 'customer'],
    ['employee', 'employee'],
    ['engineer', 'employee'],
    ['internal', 'employee'],
  ])('%s is %s', (text, value) => {
    expect(normaliseDetectedBy(text)).toEqual({ value, problem: null })
  })

  it('is unknown where nothing is said, and a mistake where something else is', () => {
    expect(normaliseDetectedBy('')).toEqual({ value: null, problem: null })
    expect(normaliseDetectedBy('a bird').problem).toContain('use monitoring, employee, customer')
    expect(normaliseDetectedBy('constructor').value).toBeNull()
  })
})

describe('an impact on customers', () => {
  it('is yes, no, unknown, or described, which counts as yes', () => {
    for (const text of ['yes', 'TRUE', '1', 'y'])
      expect(normaliseCustomerImpact(text)).toEqual({ value: true, text: null })
    for (const text of ['no', 'False', '0', 'N'])
      expect(normaliseCustomerImpact(text)).toEqual({ value: false, text: null })
    expect(normaliseCustomerImpact(' ')).toEqual({ value: null, text: null })
    expect(normaliseCustomerImpact('About 3% timed out.')).toEqual({ value: true, text: 'About 3% timed out.' })
  })
})

describe('other words', () => {
  it('for yes and no in other languages are reported, not guessed', () => {
    expect(normaliseBoolean('ja').problem).toBe('"ja" is not yes or no; use yes or no')
  })

  it('for status, kind and state are brought to ours', () => {
    expect(normaliseStatus('In_Review').value).toBe('in review')
    expect(normaliseStatus('final').value).toBe('published')
    expect(normaliseStatus('Resolved').value).toBeNull()
    expect(normaliseKind('Preventative').value).toBe('prevent')
    expect(normaliseKind('other').problem).toContain('prevent, detect, mitigate, process')
    expect(normaliseState('To Do').value).toBe('open')
    expect(normaliseState("won't do").value).toBe('dropped')
    expect(normaliseState('Done').value).toBe('done')
    expect(normaliseState('perhaps').value).toBeNull()
  })

  it('in one cell are parted by semicolons', () => {
    expect(splitList(' a, b; c ;; a, b')).toEqual(['a, b', 'c'])
  })
})
