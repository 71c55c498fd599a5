const smallWord = /^(?:and|of|the|for|de|der|und|et|y|la|le)$/;

/** "aws" for Amazon Web Services; undefined below three words. Small words such as "of" do not count. @param words in lower case */
export function toInitials(words: readonly string[]): string | undefined {
  const telling = words.filter((word) => !smallWord.test(word));
  return telling.length < 3 ? undefined : telling.map((word) => word[0]).join('');
}
