import { useState } from 'react';

/**
 * The answers of a step that were not sent yet, by question. They survive a reload in this tab, and are forgotten once they are sent.
 *
 * @param place the import and the step
 */
export function useUnsent<T>(place: string): readonly [ReadonlyMap<string, T>, (key: string, answer: T) => void] {
  const [answers, setAnswers] = useState<ReadonlyMap<string, T>>(() => readUnsent(place));
  const answer = (key: string, value: T) => {
    const next = new Map(answers).set(key, value);
    setAnswers(next);
    writeUnsent(place, next);
  };
  return [answers, answer];
}

export function forgetUnsent(place: string): void {
  writeUnsent(place, new Map());
}

function readUnsent<T>(place: string): ReadonlyMap<string, T> {
  try {
    return new Map(JSON.parse(window.sessionStorage.getItem(keyOf(place)) ?? '[]') as [string, T][]);
  } catch {
    return new Map();
  }
}

/** Without storage, as in a browser that blocks it, the answers live as long as the page. */
function writeUnsent(place: string, answers: ReadonlyMap<string, unknown>): void {
  try {
    window.sessionStorage.setItem(keyOf(place), JSON.stringify([...answers]));
  } catch {}
}

function keyOf(place: string): string {
  return `unsent answers: ${place}`;
}
