/**
 * Puts the text of a field on the clipboard. Browsers offer `navigator.clipboard` on https and localhost only; elsewhere
 * the old way still works, and where neither does the text is left marked for the person to copy.
 */
export async function copyField(field: HTMLInputElement): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(field.value);
    return true;
  } catch {
    field.focus();
    field.select();
    return document.execCommand("copy");
  }
}
