/** The pages of the editor, and which keys of a document stand on which. */
export const parts = {
  basics: ['name', 'key', 'subject', 'holding', 'rubric', 'basis'],
  calendar: ['calendar'],
  channels: ['scale', 'channels'],
  items: ['items'],
  ranking: ['tracks', 'ranking', 'bands'],
  outcomes: ['streaks', 'outcomes'],
  panels: ['panels', 'missing', 'coverage', 'evidence', 'themes', 'stages'],
  rollups: ['rollups', 'feeds'],
  grades: ['parts', 'ballots', 'legend', 'grades', 'talkIf'],
  after: ['announce', 'issues', 'documents', 'deadlines', 'pairing', 'postings', 'locks'],
  readings: ['confirmAtActivation'],
  compare: [],
} as const satisfies Record<string, readonly string[]>;

export type Part = keyof typeof parts;

export const partNames = Object.keys(parts) as Part[];

export const isPart = (text: string | null): text is Part => text !== null && text in parts;

/** The page on which a refused field is mended; what belongs nowhere stands on the first. */
export function partOf(field: string): Part {
  const key = /^[a-zA-Z]+/.exec(field)?.[0] ?? '';
  return partNames.find((p) => (parts[p] as readonly string[]).includes(key)) ?? 'basics';
}
