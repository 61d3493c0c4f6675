/** Whether every database can keep a text: PostgreSQL takes no NUL, and UTF-8 has no half of a surrogate pair (B-7). */
export function isKeepable(text: string): boolean {
  return text.isWellFormed() && !text.includes('\0');
}
