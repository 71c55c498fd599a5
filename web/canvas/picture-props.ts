import type { FlowFocus } from './flows/flow-radius.ts';

/** A thing that a reader points at, in a picture or in a list. A null field matches anything. */
export interface Pointed {
  readonly artifactId: string | null;
  readonly holderId: string | null;
  readonly labId: string | null;
}

/** A holder, a lab, or one holder's artifacts of one lab. */
export type FlowChoice = Omit<Pointed, 'artifactId'>;

/** The properties that all pictures share. */
export interface PictureProps {
  /** Accessible name, such as "Blast radius of Quillmark". */
  readonly label: string;
  /** Id of the element that describes the picture to screen readers. */
  readonly describedBy?: string;
  /** Sentences under the title of a saved picture. The same array from one rendering to the next. */
  readonly caption?: readonly string[];
  /** The data is from an earlier question, and is drawn dimmed. */
  readonly isStale?: boolean;
  /** `T`: go to the table. */
  readonly onShowTable?: () => void;
}

/** The properties of a picture that shows the sums of a radius by holder and lab. */
export interface SumPictureProps extends PictureProps {
  /** The holders and labs in the list's filter, and the selected one. Empty: none. */
  readonly chosen: FlowFocus;
  /** The holders and labs under the pointer elsewhere on the page; null: none. */
  readonly pointed: FlowFocus | null;
  readonly onPoint: (choice: FlowChoice | null) => void;
  /** A click or Enter. Null clears the choice. */
  readonly onChoose: (choice: FlowChoice | null) => void;
}
