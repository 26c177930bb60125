/** What an attacker writes into a text field of this name, of so many letters at most. */
export type Written = (field: string, most: number) => string;

/** The same, cut at so many letters; at as many as most fields take where nothing is said. */
export type Pen = (field: string, most?: number) => string;

/** Of fields for whole sentences, none of which takes less. */
export const LONG = 480;

export function penOf(write: Written): Pen {
  return (field, most = 200) => write(field, most).slice(0, most);
}
