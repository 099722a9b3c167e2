/**
 * Sentences of the pages in the reader's language. The English text, its places numbered, is the message's id; a
 * language is a catalogue from ids to texts, see `languages/`. What is not in it is said in English.
 */

/** By English text with numbered places: `{0} of {1} exercises earned`. */
export type Catalogue = Readonly<Record<string, string>>;

export type Say = (parts: TemplateStringsArray, ...values: readonly (string | number)[]) => string;

/** ``say`${earned} of ${all} exercises earned` ``, in the language of the catalogue. */
export function sayIn(catalogue: Catalogue): Say {
  return (parts, ...values) => {
    const id = messageId(parts);
    const text = Object.hasOwn(catalogue, id) ? catalogue[id]! : id;
    // A place may stand elsewhere in another language, and what is put there is never looked into again.
    return text.replace(/\{(\d{1,2})\}/g, (place, index: string) => String(values[Number(index)] ?? place));
  };
}

/** `{0} of {1} exercises earned` */
export function messageId(parts: readonly string[]): string {
  return parts.map((part, index) => (index === 0 ? part : `{${index - 1}}${part}`)).join('');
}
