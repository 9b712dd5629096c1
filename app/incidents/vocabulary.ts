/** The words of an incident, free of libraries so that screens can use them. */
export const SEVERITIES = ['SEV-1', 'SEV-2', 'SEV-3', 'SEV-4'] as const
export type Severity = (typeof SEVERITIES)[number]

export const DETECTORS = ['monitoring', 'employee', 'customer'] as const
export type Detector = (typeof DETECTORS)[number]
