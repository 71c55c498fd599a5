/** A person's note on an organization or an artifact: one JSON document of the collection `note`. */
export interface Note {
  readonly on: NoteSubject;
  readonly text: string;
  /** The person who saved it last, and when. */
  readonly by: string;
  readonly at: number;
}

/** The node that a note is about. */
export interface NoteSubject {
  readonly kind: 'organization' | 'artifact';
  readonly id: string;
}

/** Characters of a note, and of any other text that a person writes into an incident. */
export const maxNoteLength = 10_000;

/** Parses a note that this program wrote. */
export function parseNote(json: string): Note {
  return JSON.parse(json) as Note;
}

/** A saved state of the page: one JSON document of the collection `view`. */
export interface View {
  readonly name: string;
  /** The path and query of the page's URL, on this server. */
  readonly url: string;
  /** Why it was saved. */
  readonly note: string | null;
  /** The person who saved it last, and when. */
  readonly by: string;
  readonly at: number;
}

/** Characters of a view's URL. */
export const maxViewUrlLength = 10_000;

/** The most views in a store, because they are listed without pages. */
export const maxViews = 1000;

/** Parses a view that this program wrote. */
export function parseView(json: string): View {
  return { note: null, ...(JSON.parse(json) as Omit<View, 'note'> & Partial<View>) };
}

/**
 * Whether a text is the path and query of a URL on this server. `//host`, `/\host` and control characters are refused, because they
 * lead elsewhere in a browser.
 */
export function isLocalUrl(url: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that a browser drops from a URL.
  return /^\/(?![/\\])[^\u0000-\u001f\u007f]*$/.test(url);
}

/** A person's decision to accept a finding (semantics §9). Stored as JSON in the collection `acceptance`, under the finding's id. */
export interface Acceptance {
  readonly reason: string;
  readonly by: string;
  readonly at: number;
  /** When the acceptance expires; null: never. */
  readonly until: number | null;
}

/** Parses an acceptance that this program wrote. */
export function parseAcceptance(json: string): Acceptance {
  return JSON.parse(json) as Acceptance;
}
