/**
 * Text as it may be given to a terminal: control characters other than tab and newline are taken out. A clipboard could
 * otherwise close the bracketed paste (ESC [ 201 ~) and have the rest run as commands. Line ends become newlines.
 */
export function cleanPaste(text: string): string {
  return text.replace(/\r\n?/g, '\n').replace(/(?![\t\n])\p{Cc}/gu, '');
}

/**
 * A paste of several lines runs each at once unless the program brackets pastes; then the learner is asked first. One
 * newline at the end counts: it runs the line.
 */
export function needsConsent(text: string, bracketedPaste: boolean): boolean {
  return !bracketedPaste && text.includes('\n');
}
