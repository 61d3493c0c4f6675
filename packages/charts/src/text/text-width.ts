const narrow = /[ilj.,:;'|!()[\]{}ftrI ]/;
const wide = /[mwMW@%&]/;
// Hangul, kana, ideographs and full-width forms take a full em.
const fullWidth =
  /[\u1100-\u11ff\u2e80-\ua4cf\uac00-\ud7ff\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/;

/** Estimated width of a text in px: fonts are not at hand on the server, and layout must not depend on them. */
export function textWidth(text: string, fontSizePx: number): number {
  let em = 0;
  for (const character of text) {
    if (character > '\uffff' || fullWidth.test(character)) em += 1;
    else if (narrow.test(character)) em += 0.33;
    else if (wide.test(character)) em += 0.88;
    else em += character >= 'A' && character <= 'Z' ? 0.67 : 0.56;
  }
  return em * fontSizePx;
}
