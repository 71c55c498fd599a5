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
