declare module 'wink-bm25-text-search' {
  interface Engine {
    defineConfig(config: { fldWeights: Record<string, number> }): void
    definePrepTasks(tasks: ((input: never) => unknown)[]): void
    addDoc(document: Record<string, string>, id: string): void
    consolidate(): void
    search(query: string, limit: number): [id: string, score: number][]
  }
  export default function bm25(): Engine
}
declare module 'wink-nlp-utils' {
  type Task = (input: never) => unknown
  const utils: {
    string: { lowerCase: Task; tokenize0: (text: string) => string[]; removeExtraSpaces: Task }
    tokens: { removeWords: (tokens: string[]) => string[]; stem: Task; propagateNegations: Task }
  }
  export default utils
}
