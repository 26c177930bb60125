/** A text as it may stand anywhere in a page or in the value of an attribute: nothing in it is a sign of the page. */
export function escapeHtml(text: string): string {
  return text.toWellFormed().replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
